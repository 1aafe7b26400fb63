package io.github.x402sessions.core.protocol;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lists of others member by member: what is odd there is no reason to do without
 * the rest. It is logged and left out.
 */
final class OddMembers {

	private static final Logger logger = LoggerFactory.getLogger(OddMembers.class);

	private OddMembers() {
	}

	static <T> @Nullable List<T> leaveOut(@Nullable List<?> members, Class<T> type, String name) {
		return (members == null) ? null
				: members.stream().map((member) -> read(member, type, name)).filter(Objects::nonNull).toList();
	}

	private static <T> @Nullable T read(@Nullable Object member, Class<T> type, String name) {
		if (type.isInstance(member)) {
			return type.cast(member);
		}
		String problem = "it is null";
		try {
			if (member != null) {
				return WireJson.read(WireJson.write(member), type);
			}
		}
		catch (MalformedMessageException ex) {
			problem = String.valueOf(ex.getMessage());
		}
		logger.warn("A member of '{}' is left out: {}", name, problem);
		return null;
	}

}
