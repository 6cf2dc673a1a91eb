// <pdf-pages src="…" name="…"> draws a PDF, page by page, as its pages come near the window. What stands inside is shown
// instead where no script runs. PDF.js reads the file in a worker; nothing inside the file is ever run.
import { GlobalWorkerOptions, getDocument } from "./pdf.min.mjs";

const beside = (path) => new URL(path, import.meta.url).href;
GlobalWorkerOptions.workerSrc = beside("pdf.worker.min.mjs");

const look = new CSSStyleSheet();
look.replaceSync(`
  :host { display: grid; gap: 16px; }
  p { margin: 0; color: var(--color-ink-soft); }
  figure { margin: 0; }
  figcaption { margin-top: 4px; font-size: var(--text-xs); color: var(--color-ink-soft); }
  canvas { display: block; width: 100%; background: #fff; border: 1px solid var(--color-rule); border-radius: var(--radius-md); box-sizing: border-box; }
  .text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: pre-wrap; }
`);

const made = (tag, facts = {}) => Object.assign(document.createElement(tag), facts);

/** Why a file could not be drawn, for whoever sent it and whoever reads it. */
function told(error) {
  if (error?.name === "PasswordException") return "This PDF is locked with a password. Download it to open it.";
  if (error?.name === "InvalidPDFException") return "This PDF is damaged. Download it to look at it with another program.";
  return "The file did not come. Load the page again, or download it.";
}

class PdfPages extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [look];
    this.says = made("p", { textContent: "The pages are on their way …", role: "status" });
    root.append(this.says);
    this.begin(root).catch((error) => {
      this.says.textContent = told(error);
      this.says.hidden = false;
    });
  }

  async begin(root) {
    const task = getDocument({
      url: new URL(this.getAttribute("src"), document.baseURI).href,
      cMapUrl: beside("cmaps/"),
      iccUrl: beside("iccs/"),
      standardFontDataUrl: beside("standard_fonts/"),
      wasmUrl: beside("wasm/"),
      enableXfa: false,
      isEvalSupported: false,
    });
    const pdf = await task.promise;
    const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
    const pages = new Map();
    // Drawn a window ahead, and let go again when far: a book of pictures would fill the memory.
    const near = new IntersectionObserver(
      (seen) => seen.forEach((one) => (one.isIntersecting ? pages.get(one.target).draw() : pages.get(one.target).drop())),
      { rootMargin: "100% 0px" },
    );
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = new Page(pdf, number, first, this.getAttribute("name"));
      pages.set(page.canvas, page);
      root.append(page.figure);
      near.observe(page.canvas);
    }
    this.says.hidden = true;
  }
}

/** One page: its picture, and its text for those who hear it. */
class Page {
  constructor(pdf, number, size, name) {
    this.pdf = pdf;
    this.number = number;
    this.whole = `Page ${number} of ${pdf.numPages}`;
    this.canvas = made("canvas", { role: "img", ariaLabel: `${name}, page ${number}` });
    // Its place is kept before it is drawn, so that nothing jumps.
    this.canvas.style.aspectRatio = `${size.width} / ${size.height}`;
    this.text = made("div", { className: "text" });
    this.caption = made("figcaption", { textContent: this.whole });
    this.figure = made("figure");
    this.figure.append(this.canvas, this.text, this.caption);
  }

  async draw() {
    if (this.isWanted) return;
    this.isWanted = true;
    try {
      const page = await this.pdf.getPage(this.number);
      const plain = page.getViewport({ scale: 1 });
      this.canvas.style.aspectRatio = `${plain.width} / ${plain.height}`;
      const width = Math.min(this.canvas.clientWidth * devicePixelRatio, 4096);
      const viewport = page.getViewport({ scale: width / plain.width });
      if (!this.isWanted) return;
      Object.assign(this.canvas, { width: Math.floor(viewport.width), height: Math.floor(viewport.height) });
      this.task = page.render({ canvas: this.canvas, viewport });
      await this.task.promise;
      if (!this.text.textContent) {
        const { items } = await page.getTextContent();
        this.text.textContent = items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
      }
      this.figure.dataset.drawn = "";
      this.caption.textContent = this.whole;
    } catch (error) {
      // One that was scrolled past is drawn when it comes back, and so is one that failed; that one says so meanwhile.
      if (error?.name === "RenderingCancelledException") return;
      this.isWanted = false;
      this.caption.textContent = `${this.whole} could not be drawn. Scroll away and back to try it again, or download the file.`;
    }
  }

  drop() {
    if (!this.isWanted) return;
    this.isWanted = false;
    this.task?.cancel();
    Object.assign(this.canvas, { width: 0, height: 0 });
    delete this.figure.dataset.drawn;
  }
}

customElements.define("pdf-pages", PdfPages);
