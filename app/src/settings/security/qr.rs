//! A QR code, drawn as one path. It is dark on light in each theme, because cameras expect that.

use leptos::prelude::*;
use qrcode::{Color, EcLevel};
use std::fmt::Write;

/// The light squares around the code, which the standard asks for.
const QUIET: usize = 4;

/// A QR code; without it, if the text is too long for one.
#[component]
pub fn QrCode(#[prop(into)] text: String, label: &'static str) -> impl IntoView {
    let (side, path) = drawn(&text)?;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=side height=side fill="#fff" />
            <path d=path fill="#000" />
        </svg>
    })
}

/// Returns the side of the square, and its dark squares as a path.
fn drawn(text: &str) -> Option<(usize, String)> {
    let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        // Writing to a String can't fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    Some((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn a_code_begins_with_its_corner() {
        let (side, path) = drawn("otpauth://totp/Guildhall:ada%40example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Guildhall").expect("is drawn");
        assert_eq!(side, 45, "version 5 and its margin");
        assert!(path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{}", &path[..40]);
        assert_eq!(drawn(&"x".repeat(5_000)), None);
    }
}
