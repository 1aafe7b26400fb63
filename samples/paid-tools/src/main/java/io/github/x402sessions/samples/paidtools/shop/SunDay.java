package io.github.x402sessions.samples.paidtools.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * The sun at a place on a day, by the sunrise equation: good to a few minutes.
 *
 * @param place which place
 * @param date which day there
 * @param sunrise when it rises by the clocks of the place, such as {@code 07:51};
 * {@code null} where it does not
 * @param sunset when it sets; {@code null} where it does not
 * @param daylight hours and minutes between them, such as {@code 9:27}
 */
record SunDay(String place, String date, @Nullable String sunrise, @Nullable String sunset, String daylight) {

	/** Noon of 2000-01-01, where the equation begins to count. */
	private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

	private static final double TILT = Math.toRadians(23.4397);

	/** The centre of the sun at sunrise: half a disc and the refraction of the air. */
	private static final double ALTITUDE = Math.toRadians(-0.833);

	static SunDay of(Place place, LocalDate date) {
		double day = ChronoUnit.DAYS.between(EPOCH, date) - place.longitude() / 360;
		double anomaly = Math.toRadians((357.5291 + 0.98560028 * day) % 360);
		double centre = 1.9148 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly) + 0.0003 * Math.sin(3 * anomaly);
		double longitude = anomaly + Math.toRadians(centre + 180 + 102.9372);
		double noon = day + 0.0053 * Math.sin(anomaly) - 0.0069 * Math.sin(2 * longitude);
		double declination = Math.asin(Math.sin(longitude) * Math.sin(TILT));
		double latitude = Math.toRadians(place.latitude());
		double cosine = (Math.sin(ALTITUDE) - Math.sin(latitude) * Math.sin(declination))
				/ (Math.cos(latitude) * Math.cos(declination));
		if (Math.abs(cosine) > 1) {
			return new SunDay(place.name(), date.toString(), null, null, (cosine > 1) ? "0:00" : "24:00");
		}
		double half = Math.toDegrees(Math.acos(cosine)) / 360;
		Duration daylight = Duration.ofSeconds(Math.round(2 * half * 86400));
		return new SunDay(place.name(), date.toString(), clock(noon - half, place), clock(noon + half, place),
				"%d:%02d".formatted(daylight.toHours(), daylight.toMinutesPart()));
	}

	private static String clock(double days, Place place) {
		Instant noon = EPOCH.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
		return noon.plusSeconds(Math.round(days * 86400 / 60) * 60)
			.atZone(place.zone())
			.toLocalTime()
			.truncatedTo(ChronoUnit.MINUTES)
			.toString();
	}

}
