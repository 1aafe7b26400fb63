package io.github.x402sessions.samples.paidtools.shop;

import java.time.ZoneId;
import java.util.List;

/**
 * A place on Earth.
 *
 * @param name what it is called
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param zone the time that its clocks show
 */
record Place(String name, double latitude, double longitude, ZoneId zone) {

	/** All that the tools know. */
	static final List<Place> ALL = List.of(new Place("Athens", 37.98, 23.73, ZoneId.of("Europe/Athens")),
			new Place("Lisbon", 38.72, -9.14, ZoneId.of("Europe/Lisbon")),
			new Place("Nairobi", -1.29, 36.82, ZoneId.of("Africa/Nairobi")),
			new Place("Oslo", 59.91, 10.75, ZoneId.of("Europe/Oslo")),
			new Place("Sydney", -33.87, 151.21, ZoneId.of("Australia/Sydney")),
			new Place("Tromsø", 69.65, 18.96, ZoneId.of("Europe/Oslo")));

	static Place named(String name) {
		return ALL.stream()
			.filter((place) -> place.name().equalsIgnoreCase(name.strip()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no such place; the tool 'places' names all"));
	}

}
