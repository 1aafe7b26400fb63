package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.audit.Actor;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * A call of an operator: who it is, and what was sent. Nothing is read of what somebody
 * else sends.
 */
final class AdminRequest {

	private static final String OPERATOR = AdminRequest.class.getName();

	/** What decisions are made of is short. */
	private static final int LONGEST_BODY = 8 * 1024;

	private AdminRequest() {
	}

	static void let(ServerRequest request, @Nullable ApiKey operator) {
		request.attributes().put(OPERATOR, Objects.requireNonNull(operator, "operator"));
	}

	static Actor actor(ServerRequest request) {
		Object operator = request.attribute(OPERATOR)
			.orElseThrow(() -> new IllegalStateException("nobody has asked who calls"));
		return Actor.operator(((ApiKey) operator).name(), PeerAddressValve.of(request));
	}

	/**
	 * Read the body.
	 * @throws MalformedMessageException if it is too long or not of its shape; an empty
	 * one is an empty object
	 */
	static <T> T body(ServerRequest request, Class<T> type) throws IOException {
		return WireJson.read(bytes(request), type);
	}

	/**
	 * Read the body of a call in which what is misspelt must not be taken for absent.
	 * @throws MalformedMessageException if it is too long or not of its shape, or has a
	 * member that its type does not have
	 */
	static <T extends Record> T exactBody(ServerRequest request, Class<T> type) throws IOException {
		byte[] body = bytes(request);
		List<String> names = Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
		if (!names.containsAll(WireJson.read(body, Map.class).keySet())) {
			throw new MalformedMessageException("the body has a member that is none of: " + String.join(", ", names));
		}
		return WireJson.read(body, type);
	}

	private static byte[] bytes(ServerRequest request) throws IOException {
		byte[] body = request.servletRequest().getInputStream().readNBytes(LONGEST_BODY + 1);
		if (body.length > LONGEST_BODY) {
			throw new MalformedMessageException("the body is longer than " + LONGEST_BODY + " bytes");
		}
		return (body.length == 0) ? new byte[] { '{', '}' } : body;
	}

	/**
	 * Read a number of the query.
	 * @param absent what it is where there is none
	 * @throws MalformedMessageException if it is none
	 */
	static long number(ServerRequest request, String name, long absent) {
		String value = request.param(name).orElse(null);
		try {
			long number = (value != null) ? Long.parseLong(value) : absent;
			if (number >= 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// falls through to the same message
		}
		throw new MalformedMessageException("'" + name + "' is not a number from 0 on");
	}

	/** Read how many are asked for: at least one, and so many at most. */
	static int count(ServerRequest request, int usual, int most) {
		return (int) Math.max(1, Math.min(number(request, "count", usual), most));
	}

	/**
	 * Return a member that has to be there.
	 * @throws MalformedMessageException if it is absent or blank
	 */
	static String required(@Nullable String value, String name) {
		if (value == null || value.isBlank()) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
		return value;
	}

}
