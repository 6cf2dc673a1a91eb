//! Hydration entry: wakes the islands in a page that the server drew.

// Nothing here calls into `app`: the page calls its islands by name. Without this line they would not be linked.
use app as _;

/// Called by the page's script when the WASM has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
