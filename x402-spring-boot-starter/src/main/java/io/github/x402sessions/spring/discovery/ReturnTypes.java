package io.github.x402sessions.spring.discovery;

import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The contents that handlers return, behind the types that they come in.
 */
final class ReturnTypes {

	private static final Set<Class<?>> WRAPPERS = Set.of(HttpEntity.class, Callable.class, CompletionStage.class,
			DeferredResult.class, WebAsyncTask.class);

	/** They need not be there. */
	private static final Set<String> REACTIVE = Set.of("reactor.core.publisher.Flux", "org.reactivestreams.Publisher");

	private static final String SINGLE = "reactor.core.publisher.Mono";

	private ReturnTypes() {
	}

	/** Return the type of the content. */
	static ResolvableType content(ResolvableType type) {
		for (Class<?> wrapper : WRAPPERS) {
			ResolvableType wrapped = type.as(wrapper);
			if (wrapped.resolve() != null) {
				return content(wrapped.getGeneric());
			}
		}
		return type.resolve(Object.class).getName().equals(SINGLE) ? content(type.getGeneric()) : type;
	}

	/** Whether nothing but bytes or text is known of a type. */
	static boolean isOpaque(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		return raw == Object.class || isNothing(raw) || CharSequence.class.isAssignableFrom(raw) || isBinary(raw)
				|| isStream(raw);
	}

	/**
	 * Return the media type that a type is written as; {@code null} if it is not known.
	 */
	static @Nullable MediaType mediaType(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (isNothing(raw) || raw == Object.class || raw.getName().startsWith("org.springframework.web.servlet.Model")
				|| raw.getName().endsWith(".View")) {
			return null;
		}
		if (SseEmitter.class.isAssignableFrom(raw)) {
			return MediaType.TEXT_EVENT_STREAM;
		}
		if (isBinary(raw) || isStream(raw)) {
			return isStream(raw) ? null : MediaType.APPLICATION_OCTET_STREAM;
		}
		return CharSequence.class.isAssignableFrom(raw) ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON;
	}

	private static boolean isNothing(Class<?> type) {
		return type == void.class || type == Void.class;
	}

	private static boolean isBinary(Class<?> type) {
		return type == byte[].class || Resource.class.isAssignableFrom(type)
				|| InputStream.class.isAssignableFrom(type);
	}

	private static boolean isStream(Class<?> type) {
		return ResponseBodyEmitter.class.isAssignableFrom(type) || StreamingResponseBody.class.isAssignableFrom(type)
				|| REACTIVE.contains(type.getName());
	}

}
