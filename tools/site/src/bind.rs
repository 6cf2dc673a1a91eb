//! Runs wasm-bindgen on the compiler's WASM; the result is `guildhall.js` and `guildhall_bg.wasm`.

use std::path::Path;
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::Result;
use crate::files::{self, Folder};
use crate::options::Options;

/// The features that rustc emits and all current browsers support. `--all-features` makes files that browsers refuse.
const WASM_OPT_FLAGS: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Returns the bound pair, and snippets if a crate has any. It takes half a minute when the WASM changed and no time otherwise.
pub(crate) fn bound(options: &Options) -> Result<Folder> {
    let input = files::read(&options.wasm)?;
    let mode = if options.fast { "fast".into() } else { WASM_OPT_FLAGS.join(" ") };
    let key = files::hash([input.as_slice(), mode.as_bytes()]);
    let folder = options.work.join(if options.fast { "bound-fast" } else { "bound" });
    let stamp = folder.with_extension("stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|seen| seen == key) {
        return files::read_folder(&folder);
    }
    // The stamp is written last, so an interrupted step leaves none.
    let _ = std::fs::remove_file(&stamp);
    files::remove(&folder)?;
    bind(input, &folder)?;
    if !options.fast {
        shrink(&options.wasm_opt, &folder.join("guildhall_bg.wasm"))?;
    }
    files::write(&stamp, key.as_bytes())?;
    files::read_folder(&folder)
}

fn bind(wasm: Vec<u8>, folder: &Path) -> Result<()> {
    let failed = |e| format!("wasm-bindgen: {e:#}");
    let mut bindgen = Bindgen::new();
    bindgen.web(true).map_err(failed)?.typescript(false);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.input_bytes("guildhall", wasm).generate(folder).map_err(failed)
}

fn shrink(wasm_opt: &Path, wasm: &Path) -> Result<()> {
    // Call it with `node`, so that the script need not be executable.
    let status = Command::new("node")
        .arg(wasm_opt)
        .args(WASM_OPT_FLAGS)
        .args([wasm.as_os_str(), "-o".as_ref(), wasm.as_os_str()])
        .status()
        .map_err(|e| format!("cannot run node: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("wasm-opt ended with {status}")) }
}
