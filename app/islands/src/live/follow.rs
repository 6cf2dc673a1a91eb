//! Following the event stream, and refreshing the page when an event concerns it.

use super::ALL;
use super::morph::{is_dirty, morph};
use js_sys::{Function, JSON, Reflect};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, EventSource, MessageEvent, Response, SupportedType, VisibilityState};

/// The time in which events are collected before a refresh.
const TOGETHER: Duration = Duration::from_millis(150);
/// The shortest time between two refreshes of a page.
const REST: Duration = Duration::from_millis(1_500);

/// The ids of what a refresh brings up to date: the main part, and in the header the numbers and the balance.
const PARTS: [&str; 3] = ["main", "places", "tools"];

/// Starts following the event stream for the life of the page.
pub(super) fn begin(about: String, after: i64, said: RwSignal<String>, waits: RwSignal<bool>) {
    let follower = Follower::begin(about, after, said, waits);
    FOLLOWER.with(|one| *one.borrow_mut() = Some(follower));
}

/// Applies a pending refresh even if the user has typed; typed text stays in fields that stay.
pub(super) fn show() {
    let Some(follower) = FOLLOWER.with(|one| one.borrow().clone()) else {
        let _ = window().location().reload();
        return;
    };
    spawn_local(async move { follower.draw(true).await });
}

thread_local! {
    /// The follower of this page.
    static FOLLOWER: RefCell<Option<Follower>> = const { RefCell::new(None) };
}

/// The follower of a page. Cheap to clone.
#[derive(Clone)]
struct Follower(Rc<State>);

struct State {
    about: String,
    /// The number of the last event.
    last: RefCell<String>,
    source: RefCell<Option<EventSource>>,
    /// The refresh that the page itself asks for, if one is scheduled.
    next_look: Cell<Option<TimeoutHandle>>,
    /// True while a refresh is scheduled or running.
    is_due: Cell<bool>,
    /// The text that announces the next refresh to screen readers.
    word: RefCell<String>,
    said: RwSignal<String>,
    waits: RwSignal<bool>,
    on_message: RefCell<Option<Function>>,
}

impl Follower {
    fn begin(about: String, after: i64, said: RwSignal<String>, waits: RwSignal<bool>) -> Self {
        let state = State {
            about,
            last: RefCell::new(after.to_string()),
            source: RefCell::default(),
            next_look: Cell::default(),
            is_due: Cell::default(),
            word: RefCell::default(),
            said,
            waits,
            on_message: RefCell::default(),
        };
        let this = Self(Rc::new(state));
        let hears = this.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event| hears.hear(&event));
        // The closure lives as long as the page.
        *this.0.on_message.borrow_mut() = on_message.into_js_value().dyn_into().ok();
        let (looks, leaves, returns) = (this.clone(), this.clone(), this.clone());
        document_listener("visibilitychange", move || looks.look());
        window_event_listener(ev::pagehide, move |_| leaves.close());
        window_event_listener(ev::pageshow, move |_| returns.look());
        this.look();
        this.look_again();
        this
    }

    /// Schedules the refresh of a page that says by `data-moving` after how many milliseconds something on it has moved without an event.
    fn look_again(&self) {
        if let Some(earlier) = self.0.next_look.take() {
            earlier.clear();
        }
        let Some(wait) = main().and_then(|main| moving_after(&main)) else { return };
        let this = self.clone();
        let look = move || match document().visibility_state() {
            VisibilityState::Hidden => this.look_again(),
            _ => this.draw_in(Duration::ZERO),
        };
        self.0.next_look.set(set_timeout_with_handle(look, wait).ok());
    }

    /// Opens the stream while the page is visible and closes it while it is hidden: a browser allows few connections.
    fn look(&self) {
        if document().visibility_state() == VisibilityState::Hidden {
            return self.close();
        }
        let mut source = self.0.source.borrow_mut();
        if source.as_ref().is_some_and(|source| source.ready_state() != EventSource::CLOSED) {
            return;
        }
        let Ok(new) = EventSource::new(&format!("/events?last_event_id={}", self.0.last.borrow())) else { return };
        new.set_onmessage(self.0.on_message.borrow().as_ref());
        *source = Some(new);
    }

    fn close(&self) {
        if let Some(source) = self.0.source.borrow_mut().take() {
            source.close();
        }
    }

    fn hear(&self, event: &MessageEvent) {
        *self.0.last.borrow_mut() = event.last_event_id();
        let Some(facts) = event.data().as_string().and_then(|data| JSON::parse(&data).ok()) else { return };
        let fact = |name: &str| Reflect::get(&facts, &name.into()).ok().and_then(|value| value.as_string());
        let is_lost = fact("type").as_deref() == Some("reset");
        if !is_lost && self.0.about != ALL && fact("job_id").as_deref() != Some(&self.0.about) {
            return;
        }
        let word = match (fact("title"), fact("status")) {
            (Some(title), Some(status)) => format!("{title}: {}", status.replace('_', " ")),
            (Some(title), None) => format!("{title}: changed"),
            (None, _) => "The page was brought up to date.".to_owned(),
        };
        *self.0.word.borrow_mut() = word;
        self.draw_in(TOGETHER);
    }

    fn draw_in(&self, wait: Duration) {
        if self.0.is_due.replace(true) {
            return;
        }
        let this = self.clone();
        set_timeout(move || spawn_local(async move { this.draw(false).await }), wait);
    }

    async fn draw(&self, is_wanted: bool) {
        let is_sending = document().query_selector("main [aria-busy]").ok().flatten().is_some();
        if !is_sending {
            match main() {
                Some(main) if !is_wanted && is_dirty(&main) => self.0.waits.set(true),
                Some(_) => self.fetch_and_put(is_wanted).await,
                None => {}
            }
        }
        // Events that came meanwhile are shown after the pause.
        let this = self.clone();
        let word = self.0.word.take();
        set_timeout(
            move || {
                this.0.is_due.set(false);
                this.look_again();
                if !this.0.word.borrow().is_empty() {
                    this.draw_in(TOGETHER);
                }
            },
            REST,
        );
        if !is_sending && !word.is_empty() {
            self.0.said.set(word);
        }
    }

    async fn fetch_and_put(&self, is_wanted: bool) {
        let Ok(Some(page)) = fetched().await else { return };
        let Some(main) = main() else { return };
        // The user may have begun to type meanwhile.
        if !is_wanted && is_dirty(&main) {
            return self.0.waits.set(true);
        }
        let mut asleep = Vec::new();
        for (id, new) in PARTS.iter().filter_map(|id| Some((id, page.get_element_by_id(id)?))) {
            if let Some(old) = document().get_element_by_id(id) {
                asleep.extend(morph(&old, &new));
            }
        }
        self.0.waits.set(false);
        wake(asleep).await;
    }
}

/// Returns the time after which something on the page has moved; none if it changes by events alone.
fn moving_after(main: &Element) -> Option<Duration> {
    let moving = main.query_selector("[data-moving]").ok().flatten()?;
    moving.get_attribute("data-moving")?.parse().ok().map(Duration::from_millis)
}

fn main() -> Option<Element> {
    document().get_element_by_id("main")
}

/// Fetches the page as the server renders it now. None if the server redirects or fails.
async fn fetched() -> Result<Option<Document>, JsValue> {
    let here = window().location().href()?;
    // The request does not accept HTML by name, so that the server keeps the flash notice for the next page.
    let answer: Response = JsFuture::from(window().fetch_with_str(&here)).await?.dyn_into()?;
    if !answer.ok() || answer.redirected() {
        return Ok(None);
    }
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    let page = DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?;
    document().set_title(&page.title());
    Ok(page.get_element_by_id("main").map(|_| page))
}

/// Hydrates islands that came with the refresh, as the page's script did with the first ones.
async fn wake(islands: Vec<Element>) {
    let Ok(wake) = Reflect::get(&window(), &"__hydrateIsland".into()).and_then(|wake| wake.dyn_into::<Function>()) else { return };
    for island in islands {
        let name = island.get_attribute("data-component").unwrap_or_default();
        if let Ok(done) = wake.call2(&JsValue::NULL, &island, &name.into()) {
            let _ = JsFuture::from(js_sys::Promise::resolve(&done)).await;
        }
    }
}

fn document_listener(name: &str, then: impl Fn() + 'static) {
    let then = Closure::<dyn Fn()>::new(then);
    let _ = document().add_event_listener_with_callback(name, then.as_ref().unchecked_ref());
    then.forget();
}
