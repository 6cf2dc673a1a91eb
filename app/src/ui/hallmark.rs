//! The hallmark: a seal drawn from a paid job's own facts. It is the only ornament of the site.
//!
//! Angles run clockwise from the top of a 160 × 160 box. The hallmark is drawn for paid jobs only.

use leptos::prelude::*;
use std::f64::consts::PI;
use std::fmt::Write;

/// The facts that a hallmark shows.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The job's REF, eight hexadecimal digits; it shapes the edge.
    pub reference: &'a str,
    /// The number of approvals, one to nine; it shapes the foil.
    pub approvals: u8,
    /// The month of payment, one to twelve; it places the large bead.
    pub month: u8,
}

/// The level of detail for a size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Small,
    Medium,
    Full,
}

/// A hallmark of `size` pixels; without a label it is hidden from screen readers, beside a text that says the same.
#[component]
pub fn Hallmark(
    #[prop(into)] reference: String,
    approvals: u8,
    month: u8,
    #[prop(default = 20)] size: u32,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let cut = cut_for(size);
    let ink = path(Facts { reference: &reference, approvals, month }, cut);
    let edge = (cut != Cut::Small).then(|| {
        let width = if cut == Cut::Medium { "3" } else { "1.6" };
        view! { <path d=octagon(78.4) fill="none" stroke="currentColor" stroke-width=width /> }
    });
    let role = label.is_some().then_some("img");
    let hidden = label.is_none().then_some("true");
    view! {
        <svg class="hallmark" role=role aria-label=label aria-hidden=hidden width=size height=size viewBox="0 0 160 160">
            {edge}
            <path d=ink fill="currentColor" fill-rule="evenodd" />
        </svg>
    }
}

fn cut_for(size: u32) -> Cut {
    match size {
        0..48 => Cut::Small,
        48..96 => Cut::Medium,
        _ => Cut::Full,
    }
}

fn path(facts: Facts, cut: Cut) -> String {
    let approvals = f64::from(facts.approvals.clamp(1, 9));
    let month = facts.month.clamp(1, 12);
    if cut == Cut::Small {
        return octagon(80.0) + &foil(approvals, 52.0, 0.0) + &disc(point(70.0, f64::from(month) * 30.0), 7.5);
    }
    let mut path = edge(facts.reference, cut);
    path += &octagon(if cut == Cut::Medium { 62.0 } else { 63.0 });
    path += &beads(month, cut);
    path += &match cut {
        Cut::Medium => foil(approvals, 40.0, 0.0),
        _ => foil(approvals, 38.0, 4.6) + &foil(approvals, 38.0, 3.2) + &foil(approvals, 38.0, 0.0),
    };
    path + &dots(approvals, cut)
}

/// Draws the edge: one side per digit, four teeth per side, a long tooth for a 1 bit and a short one for 0, high bit first.
fn edge(reference: &str, cut: Cut) -> String {
    let (short, half) = if cut == Cut::Medium { (3.0, 3.0) } else { (4.5, 2.1) };
    let mut path = String::new();
    for (side, digit) in (0_u32..).zip(reference.chars().map(|c| c.to_digit(16).unwrap_or(0)).take(8)) {
        let turn = (f64::from(side) * 45.0 - 90.0).to_radians();
        let (nx, ny) = (turn.cos(), turn.sin());
        for tooth in 0..4_u32 {
            let length = if digit & (8 >> tooth) == 0 { short } else { 11.5 };
            let along = (f64::from(tooth) - 1.5) * 13.2;
            let corner = |u: f64, v: f64| {
                let t = along + u;
                pair((80.0 + nx * v - ny * t, 80.0 + ny * v + nx * t))
            };
            let (root, tip) = (73.2, 73.2 - length);
            let corners = [corner(-half, root), corner(half, root), corner(half, tip), corner(-half, tip)];
            path += &format!("M{}Z", corners.join("L"));
        }
    }
    path
}

fn beads(month: u8, cut: Cut) -> String {
    let mut path = String::new();
    for hour in 1..=12 {
        let at = point(50.0, f64::from(hour) * 30.0);
        match cut {
            Cut::Medium if hour == month => path += &disc(at, 5.5),
            Cut::Medium => {}
            _ => path += &disc(at, if hour == month { 4.0 } else { 1.2 }),
        }
    }
    path
}

fn dots(approvals: f64, cut: Cut) -> String {
    if approvals == 1.0 {
        return disc((80.0, 80.0), 5.0);
    }
    let (far, radius) = lobes(approvals, if cut == Cut::Medium { 40.0 } else { 38.0 });
    let mut path = String::new();
    for lobe in 0..approvals as u8 {
        path += &disc(point(far, f64::from(lobe) * 360.0 / approvals), (radius * 0.3).max(2.2));
    }
    if approvals > 2.0 && cut == Cut::Full {
        path += &disc((80.0, 80.0), 2.2);
    }
    path
}

/// Draws the foil: one equal lobe per approval around the centre (roundel, double, trefoil, quatrefoil, …).
fn foil(approvals: f64, reach: f64, grow: f64) -> String {
    if approvals == 1.0 {
        return disc((80.0, 80.0), reach * 0.62 + grow);
    }
    let (far, radius) = lobes(approvals, reach);
    let radius = radius + grow;
    let half = PI / approvals;
    let cusp = far * half.cos() + (radius * radius - (far * half.sin()).powi(2)).sqrt();
    let large = u8::from(cusp * half.cos() < far);
    let step = 360.0 / approvals;
    let mut path = format!("M{}", pair(point(cusp, -step / 2.0)));
    for lobe in 0..approvals as u8 {
        let end = point(cusp, step * (f64::from(lobe) + 0.5));
        path += &format!("A{r} {r} 0 {large} 1 {}", pair(end), r = short(radius));
    }
    path + "Z"
}

/// Returns the distance of the lobes' centres from the middle, and their radius.
fn lobes(approvals: f64, reach: f64) -> (f64, f64) {
    let spread = (PI / approvals).sin() * 1.06;
    let far = reach / (1.0 + spread);
    (far, far * spread)
}

fn octagon(radius: f64) -> String {
    let corners: Vec<_> = (0..8_u8).map(|i| pair(point(radius, 22.5 + 45.0 * f64::from(i)))).collect();
    format!("M{}Z", corners.join("L"))
}

fn disc((x, y): (f64, f64), radius: f64) -> String {
    let (r, wide, back) = (short(radius), short(2.0 * radius), short(-2.0 * radius));
    format!("M{} {}a{r} {r} 0 1 0 {wide} 0a{r} {r} 0 1 0 {back} 0Z", short(x - radius), short(y))
}

fn point(radius: f64, degrees: f64) -> (f64, f64) {
    let turn = (degrees - 90.0) * PI / 180.0;
    (80.0 + radius * turn.cos(), 80.0 + radius * turn.sin())
}

fn pair((x, y): (f64, f64)) -> String {
    format!("{} {}", short(x), short(y))
}

/// Formats a number with at most two decimals and without trailing zeros.
fn short(number: f64) -> String {
    let mut text = String::new();
    // Writing to a String can't fail; a half is rounded up, as in the reference drawing.
    let _ = write!(text, "{:.2}", (number * 100.0 + 0.5).floor() / 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_hallmark_is_drawn_stroke_for_stroke() {
        let drawn = path(Facts { reference: "fe5109b8", approvals: 3, month: 11 }, Cut::Full);
        assert_eq!(drawn, include_str!("hallmark/fe5109b8.path").trim());
    }

    #[test]
    fn smaller_cuts_leave_out_what_would_blur() {
        assert!(cut_for(20) == Cut::Small && cut_for(56) == Cut::Medium && cut_for(208) == Cut::Full);
        let small = path(Facts { reference: "fe5109b8", approvals: 5, month: 10 }, Cut::Small);
        assert!(small.starts_with("M110.61 6.09L153.91 49.39"));
        assert!(small.ends_with("M11.88 45a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0 -15 0Z"));
    }
}
