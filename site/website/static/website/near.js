// いまいる所から近い順: asks the browser where it is, rounds that to about 100 m, and sends it once. Nothing is kept.
const form = document.getElementById("near");
if (form && "geolocation" in navigator) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.lat.value) return;
    event.preventDefault();
    const status = form.querySelector("[aria-live]");
    status.textContent = status.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lat.value = coords.latitude.toFixed(3);
        form.elements.lon.value = coords.longitude.toFixed(3);
        form.elements.q.value = document.getElementById("words").value;
        form.requestSubmit();
      },
      () => { status.textContent = status.dataset.refused; },
      { timeout: 10000, maximumAge: 60000 },
    );
  });
}
