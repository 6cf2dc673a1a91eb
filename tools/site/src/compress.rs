//! Compression at build time, at the strongest level: the server only picks a file.

use std::io::Write;
use std::path::Path;

use crate::Result;
use crate::files;

/// The extensions of files that are compressed; images and fonts already are.
const COMPRESSIBLE: [&str; 13] = ["css", "html", "ico", "js", "json", "map", "mjs", "svg", "ttf", "txt", "wasm", "webmanifest", "xml"];

/// The smallest file that is compressed: below, headers outweigh what compression saves.
const SMALLEST: usize = 512;

pub(crate) fn worth_it(path: &str, bytes: &[u8]) -> bool {
    let extension = Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or_default();
    bytes.len() >= SMALLEST && COMPRESSIBLE.contains(&extension)
}

/// Returns the content in each encoding with its suffix. Results are cached in `work` by content, because brotli takes seconds.
pub(crate) fn encodings(work: &Path, bytes: &[u8]) -> Result<[(&'static str, Vec<u8>); 2]> {
    let key = files::hash([bytes]);
    let kept = |suffix: &str, encode: fn(&[u8]) -> Result<Vec<u8>>| {
        let path = work.join(format!("compressed/{key}.{suffix}"));
        if let Ok(bytes) = std::fs::read(&path) {
            return Ok(bytes);
        }
        let encoded = encode(bytes)?;
        // The file is renamed into place, so that an interrupted build leaves no half file under this name.
        let half = path.with_extension(format!("{suffix}.half"));
        files::write(&half, &encoded)?;
        std::fs::rename(&half, &path).map_err(|e| format!("cannot rename {}: {e}", half.display()))?;
        Ok::<_, String>(encoded)
    };
    Ok([("br", kept("br", brotli)?), ("gz", kept("gz", gzip)?)])
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).map_err(|e| format!("brotli: {e}"))?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).and_then(|()| out.finish()).map_err(|e| format!("gzip: {e}"))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let text = "<p>stamped</p>".repeat(200).into_bytes();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut brotli(&text).expect("brotli").as_slice(), &mut back).expect("unbrotli");
        assert_eq!(back, text);
        back.clear();
        flate2::read::GzDecoder::new(gzip(&text).expect("gzip").as_slice()).read_to_end(&mut back).expect("gunzip");
        assert_eq!(back, text);
    }

    #[test]
    fn fonts_images_and_crumbs_stay_as_they_are() {
        let bytes = vec![b'a'; 2000];
        assert!(worth_it("a/b.css", &bytes));
        assert!(!worth_it("inter.woff2", &bytes));
        assert!(!worth_it("no-extension", &bytes));
        assert!(!worth_it("a.css", &bytes[..100]));
    }
}
