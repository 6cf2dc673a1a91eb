//! Times in the reader's zone. The server writes them in UTC, because it does not know where the reader is; the island writes
//! them again in the browser's zone. UTC stays in the title, and the page says once which zone it shows.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// The names of the months.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The attribute of a time that is written again: its value is `moment` or `day`.
const KIND: &str = "data-when";

/// Names the zone of the page's times, and writes them in the browser's zone. One per page.
#[island]
pub fn Zone() -> impl IntoView {
    let zone = RwSignal::new("UTC".to_owned());
    Effect::new(move |_| {
        localize();
        if let Some(name) = name_of_zone() {
            zone.set(name);
        }
    });
    view! { <span>"Times are in "{move || zone.get()}</span> }
}

/// Writes all times of the page in the browser's zone.
pub(crate) fn localize() {
    let Ok(times) = document().query_selector_all("time[data-when]") else { return };
    let this_year = js_sys::Date::new_0().get_full_year();
    for time in (0..times.length()).filter_map(|i| times.get(i)?.dyn_into::<Element>().ok()) {
        let Some(at) = time.get_attribute("datetime") else { continue };
        let at = js_sys::Date::new(&JsValue::from_str(&at));
        if at.get_time().is_nan() {
            continue;
        }
        let with_hour = time.get_attribute(KIND).as_deref() == Some("moment");
        time.set_text_content(Some(&written(&at, with_hour, this_year)));
    }
}

fn written(at: &js_sys::Date, with_hour: bool, this_year: u32) -> String {
    let month = MONTHS.get(at.get_month() as usize).copied().unwrap_or_default();
    let day = format!("{} {month}", at.get_date());
    let day = if at.get_full_year() == this_year { day } else { format!("{day} {}", at.get_full_year()) };
    if with_hour { format!("{day} {:02}:{:02}", at.get_hours(), at.get_minutes()) } else { day }
}

/// Returns the name of the browser's zone: `Europe/Lisbon`.
fn name_of_zone() -> Option<String> {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
