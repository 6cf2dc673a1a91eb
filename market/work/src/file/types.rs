//! The known media types, by file extension.

/// A known type.
pub(super) struct FileType {
    /// The extensions.
    endings: &'static [&'static str],
    /// The media type.
    pub(super) media: &'static str,
    /// The way to recognise its bytes.
    pub(super) form: Signature,
}

/// The way to recognise a type by its bytes.
pub(super) enum Signature {
    /// The bytes are UTF-8.
    Text,
    /// The first bytes match one of these formats, as `infer` names them.
    Magic(&'static [&'static str]),
    /// The first bytes are not characteristic.
    Bare,
}

/// Returns the type of an extension; none if it is unknown.
pub(super) fn file_type(ending: &str) -> Option<&'static FileType> {
    FILE_TYPES.iter().find(|known| known.endings.contains(&ending))
}

/// The media type of unknown files.
pub(super) const OCTETS: &str = "application/octet-stream";

/// The formats that are ZIP archives.
const ZIP: &[&str] = &["zip", "epub", "odt", "ods", "odp", "docx", "xlsx", "pptx", "ora"];
/// The formats that are Microsoft compound files.
const COMPOUND: &[&str] = &["doc", "xls", "ppt", "msi"];
/// The formats of an office document: an archive, or a compound file if a password protects it.
const OFFICE: &[&str] = &["zip", "epub", "odt", "ods", "odp", "docx", "xlsx", "pptx", "ora", "doc", "xls", "ppt", "msi"];
/// The formats in the MP4 container.
const MP4: &[&str] = &["mp4", "m4v", "m4a", "mov", "heif", "avif"];

const fn text(endings: &'static [&'static str], media: &'static str) -> FileType {
    FileType { endings, media, form: Signature::Text }
}

const fn magic(endings: &'static [&'static str], media: &'static str, begins: &'static [&'static str]) -> FileType {
    FileType { endings, media, form: Signature::Magic(begins) }
}

/// The known types.
const FILE_TYPES: &[FileType] = &[
    text(&["txt", "text", "log", "rst", "adoc", "tex", "srt", "vtt", "diff", "patch"], "text/plain"),
    text(&["md", "markdown"], "text/markdown"),
    text(&["csv"], "text/csv"),
    text(&["tsv"], "text/tab-separated-values"),
    text(&["json", "geojson", "ipynb"], "application/json"),
    text(&["jsonl", "ndjson"], "application/x-ndjson"),
    text(&["yaml", "yml"], "application/yaml"),
    text(&["toml"], "application/toml"),
    text(&["xml", "xsd", "xsl"], "application/xml"),
    text(&["html", "htm"], "text/html"),
    text(&["css"], "text/css"),
    text(&["js", "mjs", "cjs"], "text/javascript"),
    text(&["svg"], "image/svg+xml"),
    text(&["sql"], "application/sql"),
    text(
        &[
            "rs", "py", "ts", "tsx", "jsx", "c", "h", "cc", "cpp", "hpp", "cs", "go", "java", "kt", "swift", "rb", "php", "pl", "lua", "r",
            "jl", "scala", "hs", "ml", "ex", "erl", "clj", "sh", "bash", "zsh", "ps1", "bat", "ini", "cfg", "conf", "env", "lock", "proto",
            "graphql", "vue", "svelte", "scss", "less", "tf", "nix", "dart", "zig", "asm", "s", "pem",
        ],
        "text/plain",
    ),
    magic(&["pdf"], "application/pdf", &["pdf"]),
    magic(&["rtf"], "application/rtf", &["rtf"]),
    magic(&["ps", "eps"], "application/postscript", &["ps"]),
    magic(&["png"], "image/png", &["png"]),
    magic(&["jpg", "jpeg"], "image/jpeg", &["jpg"]),
    magic(&["gif"], "image/gif", &["gif"]),
    magic(&["webp"], "image/webp", &["webp"]),
    magic(&["avif"], "image/avif", MP4),
    magic(&["heic", "heif"], "image/heif", MP4),
    magic(&["jxl"], "image/jxl", &["jxl"]),
    magic(&["tif", "tiff"], "image/tiff", &["tif", "cr2"]),
    magic(&["bmp"], "image/bmp", &["bmp"]),
    magic(&["ico"], "image/vnd.microsoft.icon", &["ico"]),
    magic(&["psd"], "image/vnd.adobe.photoshop", &["psd"]),
    magic(&["mp4", "m4v"], "video/mp4", MP4),
    magic(&["3gp", "3g2"], "video/3gpp", MP4),
    magic(&["mov"], "video/quicktime", MP4),
    magic(&["m4a", "m4b"], "audio/mp4", MP4),
    magic(&["webm"], "video/webm", &["webm", "mkv"]),
    magic(&["mkv"], "video/x-matroska", &["mkv", "webm"]),
    magic(&["avi"], "video/x-msvideo", &["avi"]),
    magic(&["mpg", "mpeg"], "video/mpeg", &["mpg"]),
    magic(&["mp3"], "audio/mpeg", &["mp3"]),
    magic(&["ogg", "oga", "ogv"], "application/ogg", &["ogg", "opus"]),
    magic(&["opus"], "audio/opus", &["opus", "ogg"]),
    magic(&["flac"], "audio/flac", &["flac"]),
    magic(&["wav"], "audio/wav", &["wav"]),
    magic(&["aac"], "audio/aac", &["aac", "mp3"]),
    magic(&["aif", "aiff"], "audio/aiff", &["aiff"]),
    magic(&["mid", "midi"], "audio/midi", &["midi"]),
    magic(&["zip"], "application/zip", ZIP),
    magic(&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", OFFICE),
    magic(&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", OFFICE),
    magic(&["pptx"], "application/vnd.openxmlformats-officedocument.presentationml.presentation", OFFICE),
    magic(&["odt"], "application/vnd.oasis.opendocument.text", ZIP),
    magic(&["ods"], "application/vnd.oasis.opendocument.spreadsheet", ZIP),
    magic(&["odp"], "application/vnd.oasis.opendocument.presentation", ZIP),
    magic(&["epub"], "application/epub+zip", ZIP),
    magic(&["jar", "apk", "whl", "nupkg", "npz", "kmz", "3mf", "usdz", "sketch", "numbers", "pages", "odg"], "application/zip", ZIP),
    magic(&["doc", "xls", "ppt", "msg", "msi"], "application/x-ole-storage", COMPOUND),
    magic(&["tar"], "application/x-tar", &["tar"]),
    magic(&["gz", "tgz"], "application/gzip", &["gz"]),
    magic(&["bz2", "tbz2"], "application/x-bzip2", &["bz2"]),
    magic(&["xz", "txz"], "application/x-xz", &["xz"]),
    magic(&["zst"], "application/zstd", &["zst"]),
    magic(&["lz4"], "application/x-lz4", &["lz4"]),
    magic(&["7z"], "application/x-7z-compressed", &["7z"]),
    magic(&["rar"], "application/vnd.rar", &["rar"]),
    magic(&["sqlite", "sqlite3"], "application/vnd.sqlite3", &["sqlite"]),
    magic(&["woff"], "font/woff", &["woff"]),
    magic(&["woff2"], "font/woff2", &["woff2"]),
    magic(&["ttf"], "font/ttf", &["ttf"]),
    magic(&["otf"], "font/otf", &["otf"]),
    magic(&["wasm"], "application/wasm", &["wasm"]),
    magic(&["exe", "dll"], "application/vnd.microsoft.portable-executable", &["exe", "dll"]),
    magic(&["elf", "so", "appimage"], "application/x-executable", &["elf", "obj"]),
    magic(&["class"], "application/java", &["class"]),
    magic(&["deb"], "application/vnd.debian.binary-package", &["deb"]),
    magic(&["rpm"], "application/x-rpm", &["rpm"]),
    FileType {
        endings: &[
            "bin",
            "dat",
            "parquet",
            "onnx",
            "safetensors",
            "gguf",
            "npy",
            "pkl",
            "arrow",
            "feather",
            "h5",
            "key",
            "pt",
            "pth",
            "fig",
            "db",
            "o",
            "run",
        ],
        media: OCTETS,
        form: Signature::Bare,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_ending_stands_once() {
        let all: Vec<_> = FILE_TYPES.iter().flat_map(|known| known.endings).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|ending| ending.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())));
    }
}
