
// An old address leads to the new one with whatever stood behind it: a refresh would lose the anchor.
location.replace(document.querySelector("a").href + location.search + location.hash);
