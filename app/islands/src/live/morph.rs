//! DOM morphing: turns the old page into the new one and touches only what differs, so that focus, typed text, opened parts and
//! scroll positions stay.

use super::focus::Focused;
use super::typed::Typed;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement, Node};

/// Returns true if the user has changed a field, or if a refused form waits to be corrected.
pub(super) fn is_dirty(main: &Element) -> bool {
    shows_refusal(main) || all(main, "input:not([type=hidden]), textarea, select").any(|field| is_changed(&field))
}

/// Returns true if a refused form waits to be corrected: what was typed is in no later rendering of the page.
pub(super) fn shows_refusal(main: &Element) -> bool {
    main.query_selector("[data-refused], [aria-invalid]").ok().flatten().is_some()
}

/// Returns true if the user has changed the field.
pub(super) fn is_changed(field: &Element) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        let is_ticked = matches!(input.type_().as_str(), "checkbox" | "radio");
        return if is_ticked { input.checked() != input.default_checked() } else { input.value() != input.default_value() };
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return area.default_value().is_ok_and(|value| value != area.value());
    }
    all(field, "option").filter_map(|option| option.dyn_into::<HtmlOptionElement>().ok()).any(|option| {
        let (is, was) = (option.selected(), option.default_selected());
        // Without a default option the first one is the default.
        was && !is || is && !was && option.index() != 0
    })
}

/// Makes `old` equal to `new`, and returns the islands that are not hydrated yet.
pub(super) fn morph(old: &Element, new: &Element) -> Vec<Element> {
    let (focused, typed) = (Focused::within(old), Typed::within(old));
    element(old, new);
    typed.give_back(old);
    if let Some(focused) = focused {
        focused.give_back(old);
    }
    announce();
    all(old, "leptos-island[data-asleep]").inspect(|island| drop(island.remove_attribute("data-asleep"))).collect()
}

/// Tells the page's script that the page has new times and countdowns.
fn announce() {
    if let Ok(redrawn) = Event::new("redrawn") {
        let _ = document().dispatch_event(&redrawn);
    }
}

fn element(old: &Element, new: &Element) {
    attributes(old, new);
    if old.local_name() != "textarea" {
        children(old, new);
    }
}

/// The attributes that belong to the user: opened parts stay open, a busy button stays busy.
const THEIRS: [&str; 2] = ["open", "aria-busy"];

fn attributes(old: &Element, new: &Element) {
    for name in new.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        let value = new.get_attribute(&name);
        if value != old.get_attribute(&name)
            && !THEIRS.contains(&name.as_str())
            && let Some(value) = value
        {
            let _ = old.set_attribute(&name, &value);
        }
    }
    for name in old.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !new.has_attribute(&name) && !THEIRS.contains(&name.as_str()) {
            let _ = old.remove_attribute(&name);
        }
    }
}

fn children(old: &Element, new: &Element) {
    let mut here = old.first_child();
    let mut wanted = new.first_child();
    while let Some(want) = wanted {
        wanted = want.next_sibling();
        match found(here.as_ref(), &want) {
            Some(found) => {
                // Nodes before the found one are not in the new page.
                while let Some(gone) = here.take().filter(|gone| *gone != found) {
                    here = gone.next_sibling();
                    remove(old, &gone);
                }
                here = found.next_sibling();
                same(&found, &want);
            }
            None => {
                if let Ok(copy) = document().import_node_with_deep(&want, true) {
                    put_to_sleep(&copy);
                    let _ = old.insert_before(&copy, here.as_ref());
                }
            }
        }
    }
    while let Some(gone) = here {
        here = gone.next_sibling();
        remove(old, &gone);
    }
}

/// Finds the node for the same thing among `here` and its following siblings. Text is only compared with the next node.
fn found(here: Option<&Node>, want: &Node) -> Option<Node> {
    let mut here = here.cloned();
    let name = name(want);
    while let Some(node) = here {
        let is_kind = node.node_type() == want.node_type() && node.node_name() == want.node_name();
        if is_kind && self::name(&node) == name {
            return Some(node);
        }
        // A flash notice is skipped, so that the nodes after it are not replaced.
        if name.is_none() && !is_notice(&node) {
            return None;
        }
        here = node.next_sibling();
    }
    None
}

/// Returns the key of an element among its siblings, so that a row never turns into another under the user's finger: its id, the
/// subject of its form, its link; else its first class. None for text.
pub(super) fn name(node: &Node) -> Option<String> {
    let element = node.dyn_ref::<Element>()?;
    if let Some(id) = id(element) {
        return Some(id);
    }
    let own = match element.local_name().as_str() {
        "form" => Some(
            all(element, "input[type=hidden]")
                .filter(|field| !of_the_drawing(field))
                .filter_map(|field| field.get_attribute("value"))
                .fold(path(&element.get_attribute("action").unwrap_or_default()).to_owned(), |name, value| name + " " + &value),
        ),
        "tr" | "li" | "article" | "details" => {
            let telling = element.query_selector("a[href], input[type=hidden]:not([name^=_])").ok().flatten();
            telling.and_then(|telling| telling.get_attribute("href").or_else(|| telling.get_attribute("value")))
        }
        "leptos-island" => element.get_attribute("data-component"),
        // A section inserted before this one must not take its place, because this one may contain the focus.
        "section" | "aside" => element.get_attribute("aria-labelledby"),
        _ => None,
    };
    own.or_else(|| Some(element.class_list().item(0).unwrap_or_default()))
}

/// Returns the id of an element; none for an empty one. The attribute is read, because the property of a form that has a field of the name
/// `id` is that field.
pub(super) fn id(element: &Element) -> Option<String> {
    element.get_attribute("id").filter(|id| !id.is_empty())
}

/// Returns true for a hidden field that says where and for whom the form was drawn, or is new in each drawing.
fn of_the_drawing(field: &Element) -> bool {
    field.has_attribute("data-drawn") || field.get_attribute("name").is_some_and(|name| name.starts_with('_'))
}

/// Returns an address without its query: that of an upload form is new in each drawing.
fn path(address: &str) -> &str {
    address.split('?').next().unwrap_or(address)
}

fn same(old: &Node, new: &Node) {
    let (Some(old), Some(new)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) else {
        if old.node_value() != new.node_value() {
            old.set_node_value(new.node_value().as_deref());
        }
        return;
    };
    if old.local_name() != "leptos-island" {
        return element(old, new);
    }
    // An island keeps running unless its properties changed.
    let is_same = old.get_attribute("data-props") == new.get_attribute("data-props");
    if !is_same && let Ok(copy) = document().import_node_with_deep(new, true) {
        put_to_sleep(&copy);
        let _ = old.replace_with_with_node_1(&copy);
    }
}

/// Marks the islands in an inserted node as not hydrated.
fn put_to_sleep(node: &Node) {
    let Some(element) = node.dyn_ref::<Element>() else { return };
    let own = (element.local_name() == "leptos-island").then(|| element.clone());
    for island in own.into_iter().chain(all(element, "leptos-island")) {
        let _ = island.set_attribute("data-asleep", "");
    }
}

fn remove(parent: &Element, node: &Node) {
    if !is_refusal(node) && !is_kept(node) {
        let _ = parent.remove_child(node);
    }
}

/// Returns true for the flash notice, which is in no later rendering of the page.
fn is_notice(node: &Node) -> bool {
    node.dyn_ref::<Element>().is_some_and(|element| element.class_list().contains("flash"))
}

/// Returns true for the notice of a refused form, which stays until the form is sent again. One of success is about a page that is
/// over with the first refresh.
fn is_refusal(node: &Node) -> bool {
    node.dyn_ref::<Element>().is_some_and(|element| element.has_attribute("data-refused"))
}

/// Returns true for an element that is shown once, such as a new secret: it stays until the user leaves the page.
fn is_kept(node: &Node) -> bool {
    node.dyn_ref::<Element>().is_some_and(|element| element.has_attribute("data-kept"))
}

pub(super) fn all(within: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let list = within.query_selector_all(selector).ok();
    let length = list.as_ref().map_or(0, |list| list.length());
    (0..length).filter_map(move |n| list.as_ref()?.get(n)?.dyn_into().ok())
}
