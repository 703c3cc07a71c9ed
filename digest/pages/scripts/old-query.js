
// The earlier site asked its front page for everything: such an address belongs to the page that knows them.
{
  const way = document.getElementById("_old-addresses");
  const asked = new URLSearchParams(location.search);
  if (way.dataset.names.split(" ").some((name) => asked.has(name))) location.replace(way.href + location.search);
}
