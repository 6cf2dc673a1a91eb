//! Happenings and their numbers.

use crate::act::read;
use crate::world::{World, both};

both! {
    async fn the_last_number_moves_with_acts_alone(world) {
        let latest = async || read!(world, event::latest()).expect("reads");
        let before = latest().await;
        let ada = world.resident("ada").await;
        let after = latest().await;
        assert!(after > before, "{before}, then {after}");
        read!(world, member::show(&ada)).expect("shows");
        assert_eq!(latest().await, after);
    }
}
