package io.github.x402sessions.spring.schema;

import java.lang.annotation.Annotation;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * The types of Java that are one value in JSON. What a date looks like is the
 * application's own choice, so a sample of it is written.
 */
final class ScalarTypes {

	private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 31, 12, 0);

	private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(LocalDate.class, TIME.toLocalDate()),
			Map.entry(LocalTime.class, TIME.toLocalTime().plusSeconds(1)),
			Map.entry(LocalDateTime.class, TIME.plusSeconds(1)),
			Map.entry(Instant.class, TIME.toInstant(ZoneOffset.UTC)),
			Map.entry(OffsetDateTime.class, TIME.atOffset(ZoneOffset.UTC)),
			Map.entry(ZonedDateTime.class, TIME.atZone(ZoneOffset.UTC)), Map.entry(Year.class, Year.of(2026)),
			Map.entry(YearMonth.class, YearMonth.of(2026, 1)), Map.entry(MonthDay.class, MonthDay.of(1, 31)),
			Map.entry(Duration.class, Duration.ofHours(1)), Map.entry(Period.class, Period.ofDays(1)),
			Map.entry(ZoneId.class, ZoneOffset.UTC),
			Map.entry(UUID.class, new UUID(0x123e4567e89b12d3L, 0xa456426614174000L)),
			Map.entry(URI.class, URI.create("https://example.com/")), Map.entry(Locale.class, Locale.ENGLISH),
			Map.entry(Currency.class, Currency.getInstance("EUR")));

	private static final Map<Class<?>, String> FORMATS = Map.of(LocalDate.class, "date", Instant.class, "date-time",
			OffsetDateTime.class, "date-time", ZonedDateTime.class, "date-time", Duration.class, "duration", UUID.class,
			"uuid", URI.class, "uri");

	private static final Set<Class<?>> INTEGERS = Set.of(int.class, long.class, short.class, byte.class, Integer.class,
			Long.class, Short.class, Byte.class, BigInteger.class);

	private ScalarTypes() {
	}

	/** Return the type's name in JSON Schema, or {@code null} if it is none of these. */
	static @Nullable String name(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return "boolean";
		}
		if (INTEGERS.contains(type)) {
			return "integer";
		}
		if (type == double.class || type == float.class || Number.class.isAssignableFrom(type)) {
			return "number";
		}
		return (type == char.class || type == Character.class || CharSequence.class.isAssignableFrom(type)) ? "string"
				: null;
	}

	static @Nullable Object sample(Class<?> type) {
		return SAMPLES.get(type);
	}

	static @Nullable String format(Class<?> type) {
		return FORMATS.get(type);
	}

	/** Show a date in the pattern of its place. */
	static void format(Map<String, Object> schema, Class<?> type, Collection<? extends Annotation> place) {
		place.stream()
			.filter(JsonFormat.class::isInstance)
			.map((annotation) -> ((JsonFormat) annotation).pattern())
			.filter((pattern) -> !pattern.isEmpty() && sample(type) instanceof TemporalAccessor)
			.forEach((pattern) -> {
				schema.clear();
				schema.put("type", "string");
				try {
					schema.put("examples", List.of(DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
						.format((TemporalAccessor) SAMPLES.get(type))));
				}
				catch (IllegalArgumentException | DateTimeException ex) {
					// It fails with the first value too.
				}
			});
	}

}
