//! A player of audio or video that says so when its file can't be played, instead of a dead control.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlMediaElement};

/// The player of the file at `at`; `video` is 1 for a film.
#[island]
pub fn Player(at: String, name: String, video: i64) -> impl IntoView {
    let failed = RwSignal::new(false);
    let place = NodeRef::<html::Div>::new();
    // The file may have failed before this island ran.
    Effect::new(move |_| {
        let player = place.get().and_then(|place| place.query_selector("audio, video").ok().flatten());
        failed.set(player.is_some_and(|player| has_failed(&player)));
    });
    let fails = move |_| failed.set(true);
    let plays = move |_| failed.set(false);
    let source = at.clone();
    let player = match video {
        1 => view! {
            <video class="shown" controls=true preload="metadata" src=source aria-label=name.clone() on:error=fails on:loadeddata=plays></video>
        }
        .into_any(),
        _ => view! {
            <audio class="shown" controls=true preload="metadata" src=source aria-label=name.clone() on:error=fails on:loadeddata=plays></audio>
        }
        .into_any(),
    };
    view! {
        <div node_ref=place>
            {player}
            <div role="alert">
                {move || failed.get().then(|| view! {
                    <p class="error">
                        "This file can’t be played here: it can’t be reached, or this browser does not know its format. "
                        <a href=at.clone() download=name.clone()>"Download it"</a>", or load the page again."
                    </p>
                })}
            </div>
        </div>
    }
}

/// Returns true if a player has met an error, or found nothing to play.
fn has_failed(player: &Element) -> bool {
    let player = player.clone().dyn_into::<HtmlMediaElement>();
    player.is_ok_and(|player| player.error().is_some() || player.network_state() == HtmlMediaElement::NETWORK_NO_SOURCE)
}
