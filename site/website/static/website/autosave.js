// 下書き: sends what is being typed to our own server two seconds after the last key, and says whether it is kept.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const status = form.querySelector(".draft");
  let waiting;
  const leaving = new AbortController();
  const keep = async () => {
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), signal: leaving.signal });
      if (answer.status !== 204) throw new Error(String(answer.status));
      const now = new Date().toLocaleTimeString("ja-JP", { hour: "numeric", minute: "2-digit" });
      status.textContent = status.dataset.kept.replace("%", now);
    } catch {
      if (leaving.signal.aborted) return;
      status.textContent = status.dataset.failed;
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  };
  form.addEventListener("input", later);
  // On a slow line somebody has begun to write before this file is there.
  if ([...form.elements].some((one) => one.type !== "hidden" && "defaultValue" in one && one.value !== one.defaultValue)) later();
  // A draft that arrives after the form itself would outlive it.
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    leaving.abort();
  });
}
