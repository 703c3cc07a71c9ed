// A learner's own marks: what was read stays in this browser, and nothing is sent. Without a store there are no marks.
(() => {
  const key = "digest-read";
  const boxes = [...document.querySelectorAll("[data-reading]")];
  const marks = document.querySelector("[data-marks]");
  const forget = marks.querySelector("[data-forget]");
  const recall = () => {
    const kept = localStorage.getItem(key);
    try {
      const list = JSON.parse(kept);
      return new Set(Array.isArray(list) ? list.filter(each => typeof each === "string") : []);
    } catch {
      return new Set();
    }
  };
  const keep = read => {
    try {
      if (read.size) localStorage.setItem(key, JSON.stringify([...read].sort()));
      else localStorage.removeItem(key);
    } catch {
      // a full store: what is shown next is what was kept
    }
  };
  const show = () => {
    const read = recall();
    for (const box of boxes) box.checked = read.has(box.dataset.reading);
    const number = boxes.filter(box => box.checked).length;
    marks.querySelector("[data-marked]").textContent = `${number} of ${boxes.length} read.`;
    forget.hidden = !read.size;
  };
  try {
    show();
  } catch {
    return; // the browser keeps nothing for this site
  }
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const read = recall();
      if (box.checked) read.add(box.dataset.reading);
      else read.delete(box.dataset.reading);
      keep(read);
      show();
    });
    box.closest("[hidden]").hidden = false;
  }
  forget.addEventListener("click", () => {
    keep(new Set());
    show();
    boxes[0].focus();
  });
  addEventListener("pageshow", show);
  addEventListener("storage", show);
  marks.hidden = !boxes.length;
})();
