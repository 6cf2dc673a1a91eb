//! Scores of a verdict: a number field, a slider once the island runs, and the weighted mean.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

/// The field for one score. It is empty at first: there is no default score.
#[island]
pub fn ScoreField(name: String, label: String, weight: i64, score: Option<i64>, told: String) -> impl IntoView {
    let awake = RwSignal::new(false);
    let field = NodeRef::<html::Input>::new();
    let score = RwSignal::new(score.map(|score| score.to_string()).unwrap_or_default());
    // Start from the field's value, because the user may have typed before hydration.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            score.set(field.value());
            awake.set(true);
        }
    });
    let slide = move |event| {
        score.set(event_target_value(&event));
        if let Some(field) = field.get_untracked() {
            field.set_value(&score.read_untracked());
        }
    };
    let at = move || score.get().trim().parse::<i64>().ok().filter(|score| (0..=100).contains(score));
    let weigh = (weight > 0).then(|| view! { <span class="faint">{format!(" weight {weight}")}</span> });
    let told = (!told.is_empty()).then(|| view! { <span class="help">{told}</span> });
    let id = name.replace(['[', ']'], "-");
    let slides = format!("{label}, slider");
    let text = move || at().map_or_else(|| "not scored yet".to_owned(), |score| score.to_string());
    view! {
        <div class="slider">
            <label for=id.clone()>{label} {weigh}</label>
            <input class="input number" type="number" id=id name=name min="0" max="100" step="1" inputmode="numeric" autocomplete="off" placeholder="–"
                data-weight=weight value=score.get_untracked() node_ref=field
                on:input=move |event| score.set(event_target_value(&event)) />
            <input type="range" min="0" max="100" hidden=move || !awake.get() aria-label=slides aria-valuetext=text
                data-unset=move || at().is_none().then_some("") value=score.with_untracked(|score| score.parse().unwrap_or(50_i64)) prop:value=move || at().unwrap_or(50).to_string()
                on:input=slide />
            {told}
        </div>
    }
}

/// The weighted mean of the sections; a dash while a score is missing.
#[island]
pub fn Weighted(weights: i64) -> impl IntoView {
    let score = RwSignal::new(None::<i64>);
    Effect::new(move |_| {
        score.set(weighted(weights));
        // Wait until the field has the slider's value.
        window_event_listener(ev::input, move |_| request_animation_frame(move || score.set(weighted(weights))));
    });
    view! {
        <dl class="sums">
            <dt class="total">"Score, weighted"</dt>
            <dd class="total"><span class="money">{move || score.get().map_or_else(|| "–".to_owned(), |score| score.to_string())}</span></dd>
        </dl>
    }
}

/// Computes the weighted mean as the market does: rounded half up; none while a section has no score.
fn weighted(weights: i64) -> Option<i64> {
    let fields = document().query_selector_all("input[data-weight]").ok()?;
    let mut sum = 0;
    for i in 0..fields.length() {
        let field: web_sys::HtmlInputElement = fields.get(i)?.dyn_into().ok()?;
        let weight: i64 = field.get_attribute("data-weight")?.parse().ok()?;
        let score: i64 = field.value().trim().parse().ok()?;
        sum += score.clamp(0, 100) * weight;
    }
    (weights > 0).then(|| (2 * sum + weights) / (2 * weights))
}
