//! The command line: `site --wasm FILE --css FILE --script FILE --public DIR --out DIR --work DIR --wasm-opt FILE [--fast]`.

use std::path::PathBuf;

use crate::Result;

pub(crate) struct Options {
    /// The WASM of the frontend, from the compiler.
    pub(crate) wasm: PathBuf,
    pub(crate) css: PathBuf,
    /// The script of every page.
    pub(crate) script: PathBuf,
    /// The folder of files that are served unchanged at the root.
    pub(crate) public: PathBuf,
    /// The folder of the finished site, which is replaced as a whole.
    pub(crate) out: PathBuf,
    /// The cache of slow steps, by the hash of their input.
    pub(crate) work: PathBuf,
    /// The script `wasm-opt` of the npm package `binaryen`.
    pub(crate) wasm_opt: PathBuf,
    /// True for `make dev`: no shrinking, no compression, no budget.
    pub(crate) fast: bool,
}

impl Options {
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Options> {
        let (mut wasm, mut css, mut script, mut public, mut out, mut work, mut wasm_opt) = Default::default();
        let mut fast = false;
        while let Some(name) = args.next() {
            let slot: &mut Option<PathBuf> = match name.as_str() {
                "--wasm" => &mut wasm,
                "--css" => &mut css,
                "--script" => &mut script,
                "--public" => &mut public,
                "--out" => &mut out,
                "--work" => &mut work,
                "--wasm-opt" => &mut wasm_opt,
                "--fast" => {
                    fast = true;
                    continue;
                }
                _ => return Err(format!("unknown argument {name}")),
            };
            *slot = Some(args.next().ok_or_else(|| format!("{name} needs a path"))?.into());
        }
        let given = |slot: Option<PathBuf>, name: &str| slot.ok_or_else(|| format!("{name} is missing"));
        Ok(Options {
            wasm: given(wasm, "--wasm")?,
            css: given(css, "--css")?,
            script: given(script, "--script")?,
            public: given(public, "--public")?,
            out: given(out, "--out")?,
            work: given(work, "--work")?,
            wasm_opt: given(wasm_opt, "--wasm-opt")?,
            fast,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn all_paths_are_needed() {
        let whole = "--wasm a --css b --script s --public c --out d --work e --wasm-opt f";
        assert!(!parse(whole).expect("whole line").fast);
        assert!(parse(&format!("{whole} --fast")).expect("fast line").fast);
        assert_eq!(parse("--wasm a").err().as_deref(), Some("--css is missing"));
    }

    #[test]
    fn a_stray_argument_is_named() {
        assert_eq!(parse("--what").err().as_deref(), Some("unknown argument --what"));
        assert_eq!(parse("--wasm").err().as_deref(), Some("--wasm needs a path"));
    }
}
