// The checklist becomes questions with yes, no and not sure. Nothing is counted, kept or sent.
(() => {
  const answers = [["yes", "Yes"], ["no", "No"], ["unsure", "Not sure"]];
  let number = 0;
  const make = (tag, parent, text) => {
    const element = parent.appendChild(document.createElement(tag));
    if (text) element.textContent = text;
    return element;
  };
  const ask = item => {
    const question = { text: item.dataset.question, isExclusion: item.dataset.kind === "exclusion", answer: "" };
    const name = `_check-${number += 1}`;
    item.textContent = "";
    const group = make("fieldset", item);
    make("legend", group, question.text);
    for (const [value, words] of answers) {
      const label = make("label", group);
      const input = make("input", label);
      Object.assign(input, { type: "radio", name, value, autocomplete: "off" });
      label.append(` ${words}`);
    }
    return { question, group };
  };
  const tell = questions => {
    const left = questions.filter(each => !each.answer).length;
    const against = questions.filter(each => each.answer === (each.isExclusion ? "yes" : "no"));
    const unsure = questions.filter(each => each.answer === "unsure");
    const list = some => some.map(each => `“${each.text}”`).join(", ");
    if (against.length) {
      return `From what you answered, you may not be able to take part: ${list(against)}. `
        + "Only the study team decides. If you are in doubt, ask the team.";
    }
    if (left) return `${left} ${left === 1 ? "question is" : "questions are"} left.`;
    if (unsure.length) return `You may be able to take part. Ask the study team about ${list(unsure)}. The team decides.`;
    return "You may be able to take part. The study team decides.";
  };
  for (const check of document.querySelectorAll("[data-check]")) {
    const asked = [...check.querySelectorAll("[data-question]")].map(ask);
    const questions = asked.map(each => each.question);
    const result = check.querySelector("[data-result]");
    for (const { question, group } of asked) {
      group.addEventListener("change", event => {
        question.answer = event.target.value;
        result.textContent = tell(questions);
      });
    }
    for (const part of check.querySelectorAll("[data-without-script]")) part.remove();
    result.hidden = false;
  }
})();
