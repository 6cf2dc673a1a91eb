import { deflateSync } from "node:zlib";
import type { Browser } from "@playwright/test";

/** A file as a page's field takes it. */
export type Upload = { name: string; mimeType: string; buffer: Buffer };

const file = (name: string, mimeType: string, content: string | Uint8Array): Upload => ({ name, mimeType, buffer: Buffer.from(content as string) });

export const text = (name: string, content: string) => file(name, "text/plain", content);

/** Of one colour. */
export function png(name: string, width: number, height: number): Upload {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const header = Buffer.concat([size, Buffer.from([8, 2, 0, 0, 0])]); // 8 bits, red, green, blue
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * width, Buffer.from([43, 74, 139]))]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const bytes = [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
  return file(name, "image/png", Buffer.concat(bytes));
}

function chunk(kind: string, data: Buffer) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

function crc(bytes: Buffer) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** A tone of so many seconds. */
export function wav(name: string, seconds: number): Upload {
  const rate = 8_000;
  const samples = Buffer.from(Array.from({ length: rate * seconds }, (_, i) => 128 + 90 * Math.sin((2 * Math.PI * 440 * i) / rate)));
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // as they are
  head.writeUInt16LE(1, 22); // one channel
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return file(name, "audio/wav", Buffer.concat([head, samples]));
}

/** A page with one line on it. */
export function pdf(name: string, line: string): Upload {
  const content = `BT /F1 18 Tf 20 40 Td (${line}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 80] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  text += `trailer\n<< /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return file(name, "application/pdf", text);
}

/** A video that the browser records from a changing canvas. */
export async function webm(name: string, browser: Browser): Promise<Upload> {
  const context = await browser.newContext({ javaScriptEnabled: true });
  const page = await context.newPage();
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
    const pen = canvas.getContext("2d")!;
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
    const parts: Blob[] = [];
    const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    recorder.addEventListener("dataavailable", ({ data }) => void (data.size > 0 && parts.push(data)));
    recorder.start();
    for (let n = 0; n < 12; n += 1) {
      pen.fillStyle = n % 2 ? "#2b4a8b" : "#faf9f5";
      pen.fillRect(0, 0, 64, 48);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await ended;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  });
  await context.close();
  return file(name, "video/webm", Buffer.from(base64, "base64"));
}
