"""What things are: frozen dataclasses in the words of the field.

No input or output, no third-party import; anything above may import this room.
A dataclass named `...Fields` lists what an editor may write; its subclass adds what follows from the file.
"""
