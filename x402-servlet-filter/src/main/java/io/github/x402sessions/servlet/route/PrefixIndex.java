package io.github.x402sessions.servlet.route;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the longest prefix of a path. What that costs depends on the length of the path
 * and not on the number of prefixes: the hash of everything up to a slash is known when
 * the slash is met. Allocates nothing to find. Immutable.
 */
final class PrefixIndex {

	private final List<List<RouteEntry>> buckets;

	private final int longest;

	/**
	 * Create an index.
	 * @param prefixes the prefixes in the order of their precedence, as far as they have
	 * the same path
	 */
	PrefixIndex(List<RouteEntry> prefixes) {
		this.buckets = Stream.generate(() -> (List<RouteEntry>) new ArrayList<RouteEntry>(1))
			.limit(Math.max(1, Integer.highestOneBit(prefixes.size()) * 2))
			.toList();
		this.longest = prefixes.stream().mapToInt((prefix) -> prefix.path().length()).max().orElse(-1);
		for (RouteEntry prefix : prefixes) {
			bucket(prefix.path().hashCode()).add(prefix);
		}
	}

	private List<RouteEntry> bucket(int hash) {
		return this.buckets.get((hash ^ (hash >>> 16)) & (this.buckets.size() - 1));
	}

	/** Return the longest prefix that is priced for a method. */
	@Nullable RouteEntry find(String path, String method) {
		RouteEntry found = null;
		int hash = 0;
		int end = Math.min(path.length(), this.longest);
		for (int i = 0; i <= end; i++) {
			char next = (i < path.length()) ? path.charAt(i) : '/';
			RouteEntry longer = (next == '/') ? find(path, i, hash, method) : null;
			found = (longer != null) ? longer : found;
			hash = 31 * hash + next;
		}
		return found;
	}

	/**
	 * Look for a prefix of one length.
	 * @param hash the {@link String#hashCode} of that much of the path
	 */
	private @Nullable RouteEntry find(String path, int length, int hash, String method) {
		List<RouteEntry> bucket = bucket(hash);
		for (int i = 0; i < bucket.size(); i++) {
			RouteEntry entry = bucket.get(i);
			if (entry.path().length() == length && path.startsWith(entry.path()) && entry.method().matches(method)) {
				return entry;
			}
		}
		return null;
	}

}
