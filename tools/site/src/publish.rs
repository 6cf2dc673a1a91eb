//! The site folder: `pkg/HASH/…` from the build, `public/` at the root, and `pkg.txt` that names the hash.

use std::fs;

use crate::Result;
use crate::compress;
use crate::files::{self, Folder};
use crate::options::Options;

/// Returns the address of this build's files. The hash is in the folder, not in the names: files of one build find each other by
/// their plain names, Leptos needs only another `site_pkg_dir`, and everything can be cached for ever.
pub(crate) fn address(pkg: &Folder) -> String {
    format!("pkg/{}", files::hash_folder(pkg))
}

/// The version of the site's layout: a site of another one is written again.
const LAYOUT: u8 = 2;

pub(crate) fn publish(options: &Options, address: &str, pkg: &Folder) -> Result<()> {
    let mut site = files::read_folder(&options.public)?;
    if let Some(taken) = site.keys().find(|path| path.starts_with("pkg/") || *path == "pkg.txt") {
        return Err(format!("public/{taken} stands where the build puts its own files: rename it"));
    }
    site.extend(pkg.iter().map(|(path, bytes)| (format!("{address}/{path}"), bytes.clone())));
    site.insert("pkg.txt".into(), format!("{address}\n").into_bytes());

    let stamp = options.work.join("site.stamp");
    let key = files::hash([files::hash_folder(&site).as_bytes(), &[options.fast as u8, LAYOUT]]);
    if options.out.join("pkg.txt").exists() && fs::read_to_string(&stamp).is_ok_and(|seen| seen == key) {
        return Ok(());
    }
    let _ = fs::remove_file(&stamp);
    write(options, &site)?;
    files::write(&stamp, key.as_bytes())
}

/// Writes the site beside the old one and swaps them, so that the server never sees half a site.
fn write(options: &Options, site: &Folder) -> Result<()> {
    let (new, old) = (options.out.with_extension("new"), options.out.with_extension("old"));
    files::remove(&new)?;
    for (path, bytes) in site {
        let encodings =
            if options.fast || !compress::worth_it(path, bytes) { None } else { Some(compress::encodings(&options.work, bytes)?) };
        match encodings.filter(|encodings| encodings.iter().all(|(_, encoded)| encoded.len() < bytes.len())) {
            // The server unpacks it for the few that take no coding: the program would carry every file twice.
            Some(encodings) => {
                for (suffix, encoded) in encodings {
                    files::write(&new.join(format!("{path}.{suffix}")), &encoded)?;
                }
            }
            None => files::write(&new.join(path), bytes)?,
        }
    }
    files::remove(&old)?;
    if options.out.exists() {
        rename(&options.out, &old)?;
    }
    rename(&new, &options.out)?;
    files::remove(&old)
}

fn rename(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    fs::rename(from, to).map_err(|e| format!("cannot rename {} to {}: {e}", from.display(), to.display()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A site of one style sheet and one public file, in a temporary folder that is removed with it.
    struct Site {
        root: PathBuf,
        options: Options,
        pkg: Folder,
    }

    impl Site {
        fn new(name: &str, public: &str) -> Site {
            let root = std::env::temp_dir().join(format!("site-{name}-{}", std::process::id()));
            files::write(&root.join("public").join(public), b"hello").expect("a public file");
            let options = Options {
                wasm: root.join("in.wasm"),
                css: root.join("in.css"),
                script: root.join("in.js"),
                public: root.join("public"),
                out: root.join("site"),
                work: root.join("work"),
                wasm_opt: root.join("wasm-opt"),
                fast: false,
            };
            let pkg = Folder::from([("guildhall.css".into(), b"p { margin: 0 }\n".repeat(100))]);
            Site { root, options, pkg }
        }

        fn publish(&self) -> Result<String> {
            let address = address(&self.pkg);
            publish(&self.options, &address, &self.pkg).map(|()| address)
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = files::remove(&self.root);
        }
    }

    #[test]
    fn a_site_has_one_address_and_its_encodings() {
        let site = Site::new("whole", "deep/robots.txt");
        let address = site.publish().expect("published");
        let out = files::read_folder(&site.options.out).expect("the site");
        let css = format!("{address}/guildhall.css");
        let expected = ["deep/robots.txt".into(), "pkg.txt".into(), format!("{css}.br"), format!("{css}.gz")];
        assert_eq!(out.keys().cloned().collect::<Vec<_>>(), expected);
        assert_eq!(out["pkg.txt"], format!("{address}\n").into_bytes());
    }

    #[test]
    fn another_content_is_another_address_and_the_old_one_goes() {
        let mut site = Site::new("again", "robots.txt");
        let first = site.publish().expect("published");
        site.pkg.insert("guildhall.js".into(), b"export {}".to_vec());
        let second = site.publish().expect("published again");
        assert_ne!(first, second);
        assert!(!site.options.out.join(first).exists());
        assert!(site.options.out.join(second).join("guildhall.js").exists());
    }

    #[test]
    fn a_deleted_site_comes_back() {
        let site = Site::new("deleted", "robots.txt");
        site.publish().expect("published");
        files::remove(&site.options.out).expect("removed");
        site.publish().expect("published again");
        assert!(site.options.out.join("pkg.txt").exists());
    }

    #[test]
    fn public_files_may_not_hide_the_build() {
        let reason = Site::new("clash", "pkg.txt").publish().expect_err("a clash");
        assert!(reason.contains("public/pkg.txt"));
    }
}
