package io.github.x402sessions.servlet.hold;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Headers that wait for a payment, seen on top of those that the response has already.
 */
final class HeldHeaders {

	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
		.withZone(ZoneOffset.UTC);

	private final HttpServletResponse below;

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	HeldHeaders(HttpServletResponse below) {
		this.below = below;
	}

	static String date(long epochMillis) {
		return HTTP_DATE.format(Instant.ofEpochMilli(epochMillis));
	}

	/** Replace all values of a header; {@code null} removes it. */
	void set(String name, @Nullable String value) {
		Entry entry = new Entry(name, true);
		if (value != null) {
			entry.values.add(value);
		}
		this.entries.put(key(name), entry);
	}

	/** Add a value; {@code null} adds nothing. */
	void add(String name, @Nullable String value) {
		if (value == null) {
			return;
		}
		this.entries.computeIfAbsent(key(name), (key) -> new Entry(name, false)).values.add(value);
	}

	Collection<String> all(String name) {
		Entry entry = this.entries.get(key(name));
		if (entry == null) {
			return this.below.getHeaders(name);
		}
		List<String> all = new ArrayList<>();
		if (!entry.replaces) {
			all.addAll(this.below.getHeaders(name));
		}
		all.addAll(entry.values);
		return all;
	}

	Collection<String> names() {
		Set<String> names = new LinkedHashSet<>();
		for (String name : this.below.getHeaderNames()) {
			if (!this.entries.containsKey(key(name))) {
				names.add(name);
			}
		}
		for (Entry entry : this.entries.values()) {
			if (!all(entry.name).isEmpty()) {
				names.add(entry.name);
			}
		}
		return names;
	}

	void forget() {
		this.entries.clear();
	}

	void release() {
		for (Entry entry : this.entries.values()) {
			if (entry.replaces) {
				this.below.setHeader(entry.name, entry.values.isEmpty() ? null : entry.values.get(0));
				entry.values.stream().skip(1).forEach((value) -> this.below.addHeader(entry.name, value));
			}
			else {
				entry.values.forEach((value) -> this.below.addHeader(entry.name, value));
			}
		}
		forget();
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/** A header's values, in place of those below or in addition to them. */
	private static final class Entry {

		private final String name;

		private final boolean replaces;

		private final List<String> values = new ArrayList<>();

		private Entry(String name, boolean replaces) {
			this.name = name;
			this.replaces = replaces;
		}

	}

}
