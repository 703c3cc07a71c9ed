"""A small field of its own: works about gardens, whose words tell their topics only in use."""

import random

from digest.suggest.work import Work, make_term

WORDS = {
    "mulch": ["straw", "bark", "cover", "soil", "weeds"],
    "water": ["irrigation", "drought", "hose", "can", "rain"],
    "shade": ["trees", "canopy", "sun", "leaves", "nets"],
}
TERMS = [make_term(topic, topic.capitalize()) for topic in WORDS]
NOISE = ["garden", "trial", "year", "plants", "growth", "yield", "bed", "season"]


def make_works(number, seed=1):
    generator = random.Random(seed)
    works = []
    for index in range(number):
        topics = generator.sample(sorted(WORDS), generator.choice([1, 1, 2]))
        words = [word for topic in topics for word in generator.sample(WORDS[topic], 3)]
        text = [*words, *generator.sample(NOISE, 3)]
        generator.shuffle(text)
        works.append(Work(f"w{index}", " ".join(text), topics=tuple(topics)))
    return works
