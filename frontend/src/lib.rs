//! Hydration entry: wakes the islands in a page that the server drew. For other targets than the browser this crate is empty.

#![cfg(target_arch = "wasm32")]

// Nothing here calls into `islands`: the page calls them by name. Without this line they would not be linked.
use islands as _;

/// Called by the page's script when the WASM has loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
