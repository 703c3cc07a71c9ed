// A page that outlives the closing day of a study takes back what it offered. Days are those of the digest's time zone.
(() => {
  const format = options => new Intl.DateTimeFormat("en", { year: "numeric", month: "2-digit", day: "2-digit", ...options });
  const inZone = timeZone => {
    try {
      return format({ timeZone });
    } catch {
      return format({}); // a zone that this browser does not know: rather the reader's day than none
    }
  };
  const today = timeZone => {
    const parts = {};
    for (const part of inZone(timeZone).formatToParts(new Date())) parts[part.type] = part.value;
    return `${parts.year}-${parts.month}-${parts.day}`;
  };
  const isPast = element => element.dataset.closes < today(element.dataset.timeZone);
  const close = () => {
    for (const element of document.querySelectorAll("[data-closes]")) {
      if (!isPast(element)) continue;
      const after = element.nextElementSibling;
      if (after && after.hasAttribute("data-afterwards")) after.hidden = false;
      element.remove();
    }
    for (const call of document.querySelectorAll("[data-call]")) if (!call.querySelector("li")) call.remove();
  };
  close();
  addEventListener("pageshow", close);
  document.addEventListener("visibilitychange", close);
  setInterval(close, 60000); // a page that is still open at midnight
})();
