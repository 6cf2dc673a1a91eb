use super::*;
use crate::matching::Wanted;
use proptest::prelude::*;
use work::job::Skills;

fn facts() -> Facts {
    Facts {
        category: Category::Coding,
        skills_asked: 4,
        skills_known: 2,
        budget_min: Money(10_000),
        budget_max: Money(30_000),
        poster_stars: None,
        age: Duration::days(7),
    }
}

fn coder(wanted: Option<Wanted>) -> Candidate {
    Candidate::new(vec![Category::Coding], Skills::default(), wanted)
}

#[test]
fn each_part_gives_its_points() {
    let beginner = coder(None);
    // A named category, half of the skills, half of budget, reviews and punctuality, and one of two weeks left.
    assert_eq!(beginner.points(&facts()), SAID + SKILLS / 2 + BUDGET / 2 + REVIEWS / 2 + ON_TIME / 2 + FRESH / 2);
    assert_eq!(beginner.points(&facts()) - beginner.points(&Facts { category: Category::Data, ..facts() }), SAID);
    assert_eq!(skills(&Facts { skills_asked: 0, skills_known: 0, ..facts() }), SKILLS / 2);
    assert_eq!([0, 3, 4, 9].map(|skills_known| skills(&Facts { skills_known, ..facts() })), [0, 1_875, SKILLS, SKILLS]);
    let budget_for = |cents| budget(&facts(), Money(cents));
    assert_eq!([0, 10_000, 15_000, 20_000, 30_000, 60_000].map(budget_for), [BUDGET, BUDGET, 1_500, 1_125, 750, 375]);
    assert_eq!([Duration::ZERO, Duration::days(14), Duration::days(90), Duration::days(-1)].map(fresh), [FRESH, 0, 0, FRESH]);
}

#[test]
fn a_record_is_weighed_by_its_length() {
    let worked = |ratings, stars, finished, on_time| Experience { ratings, stars, finished, on_time, ..Experience::default() };
    let one = worked(1, 5, 1, 1);
    let many = worked(20, 100, 20, 20);
    assert!(reviews(&one, None) > REVIEWS / 2 && reviews(&many, None) > reviews(&one, None) && reviews(&many, None) < REVIEWS);
    assert!(on_time(&one) > ON_TIME / 2 && on_time(&many) > on_time(&one) && on_time(&many) < ON_TIME);
    assert_eq!([1, 3, 5].map(|stars| reviews(&many, Some(stars))), [0, REVIEWS / 2, REVIEWS], "this poster's own word counts instead");
    let (lazy, prompt) = (Experience { abandoned: 1, ..worked(0, 0, 2, 2) }, worked(0, 0, 3, 3));
    assert!(on_time(&lazy) < on_time(&prompt));
}

#[test]
fn evidence_counts_more_than_words() {
    let level = |experience| coder(None).experienced(Category::Coding, experience).points(&facts());
    let paid = Experience { finished: 1, ..Experience::default() };
    let (said, worked, proven) = (level(Experience::default()), level(paid), level(Experience { hallmarks: 1, ..paid }));
    // One job that came late takes a sixth of the points of punctuality.
    assert_eq!((worked - said, proven - worked), (WORKED - SAID - (ON_TIME / 2 - ON_TIME / 3), PROVEN - WORKED));
}

#[test]
fn a_score_is_of_a_hundred() {
    let best = Experience { finished: 1_000, on_time: 1_000, hallmarks: 1_000, ratings: 1_000, stars: 5_000, abandoned: 0 };
    let facts = Facts { skills_known: 4, age: Duration::ZERO, ..facts() };
    let fit = coder(Some(Wanted::Least(Money(100)))).experienced(Category::Coding, best).compare(&facts);
    assert_eq!((fit.score(), fit.points < FULL_POINTS), (100, true));
    assert_eq!(Match { points: 49, reasons: Vec::new() }.score(), 0);
}

/// Any facts and any candidate that could be.
fn anything() -> impl Strategy<Value = (Facts, Experience, i64, bool)> {
    let experience =
        (0..50i64, 0..50i64, 0..50i64, 0..50i64, 0..50i64, 1..=5i64).prop_map(|(on_time, late, abandoned, hallmarks, ratings, mean)| {
            Experience {
                finished: on_time + late,
                on_time,
                abandoned,
                hallmarks: hallmarks.min(on_time + late),
                ratings,
                stars: ratings * mean,
            }
        });
    let facts =
        (0..=20i64, 0..=20i64, 0..2_000_000_000i64, 0..2_000_000_000i64, proptest::option::of(1..=5i64), -1_000_000i64..4_000_000_000);
    let facts = facts.prop_map(|(asked, known, less, more, poster_stars, age)| Facts {
        category: Category::Coding,
        skills_asked: asked,
        skills_known: known.min(asked),
        budget_min: Money(less.min(more)),
        budget_max: Money(less.max(more)),
        poster_stars,
        age: Duration::ms(age),
    });
    (facts, experience, 0..2_000_000_000i64, any::<bool>())
}

proptest! {
    /// The score has its bounds, and each fact that is better alone makes it no worse.
    #[test]
    fn a_better_fact_makes_no_worse_score((facts, experience, wanted, says) in anything(), more in 1..1_000_000i64) {
        let said = if says { vec![Category::Coding] } else { Vec::new() };
        let of = |experience: Experience, facts: &Facts| {
            Candidate::new(said.clone(), Skills::default(), Some(Wanted::Least(Money(wanted)))).experienced(Category::Coding, experience).points(facts)
        };
        let before = of(experience, &facts);
        prop_assert!((0..=FULL_POINTS).contains(&before));
        let better_facts = [
            Facts { skills_known: (facts.skills_known + 1).min(facts.skills_asked), ..facts },
            Facts { budget_max: Money(facts.budget_max.0 + more), ..facts },
            Facts { budget_min: Money((facts.budget_min.0 + more).min(facts.budget_max.0)), ..facts },
            Facts { poster_stars: facts.poster_stars.map(|stars| (stars + 1).min(5)), ..facts },
            Facts { age: Duration::ms(facts.age.as_ms() - more), ..facts },
        ];
        for better in better_facts {
            prop_assert!(of(experience, &better) >= before, "{better:?}");
        }
        let better = [
            Experience { finished: experience.finished + 1, on_time: experience.on_time + 1, ..experience },
            Experience { on_time: (experience.on_time + 1).min(experience.finished), ..experience },
            Experience { abandoned: (experience.abandoned - 1).max(0), ..experience },
            Experience { hallmarks: experience.hallmarks + 1, ..experience },
            Experience { ratings: experience.ratings + 1, stars: experience.stars + 5, ..experience },
        ];
        for better in better {
            prop_assert!(of(better, &facts) >= before, "{better:?}");
        }
    }
}
