package io.github.x402sessions.spring.discovery;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call as an application describes it, before it is written for catalogues.
 *
 * @param method the HTTP method
 * @param path the path pattern, in Spring's syntax, of the whole URL
 * @param parameters the parameters
 * @param body what is sent; {@code null} for nothing
 * @param output what is answered; {@code null} if it is not known
 */
record DescribedCall(String method, String path, List<Parameter> parameters, @Nullable Content body,
		@Nullable Content output) {

	/** The part of a request that a parameter is in. */
	enum Place {

		QUERY("queryParams"), PATH("pathParams"), HEADER("headers");

		private final String member;

		Place(String member) {
			this.member = member;
		}

		/** Return what it is called in {@code info.input}. */
		String member() {
			return this.member;
		}

	}

	/**
	 * A parameter.
	 *
	 * @param place the part of the request
	 * @param name the name
	 * @param required whether it has to be there
	 * @param schema what is plain of its schema
	 */
	record Parameter(Place place, String name, boolean required, Map<String, Object> schema) {
	}

	/**
	 * A body.
	 *
	 * @param type {@code json}, {@code form-data} or {@code text}
	 * @param format the media type; {@code null} for what the type says already
	 * @param schema what is plain of its schema; empty if nothing is known
	 */
	record Content(String type, @Nullable String format, Map<String, Object> schema) {

		static final String JSON = "json";

		static final String FORM = "form-data";

		static final String TEXT = "text";

	}

}
