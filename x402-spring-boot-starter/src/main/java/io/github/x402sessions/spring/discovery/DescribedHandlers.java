package io.github.x402sessions.spring.discovery;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.route.AnnotatedPrice;
import io.github.x402sessions.spring.schema.Texts;
import io.github.x402sessions.spring.webmvc.HandlerDeclarations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Describes priced handlers at start: by springdoc's document where there is one that has
 * them, otherwise by their signature. One that cannot be described is sold all the same,
 * and the operator told.
 */
final class DescribedHandlers implements HandlerDeclarations {

	private static final Logger logger = LoggerFactory.getLogger(DescribedHandlers.class);

	private static final int MAX_DESCRIPTION = 200;

	/** What servers and proxies add to an answer themselves, bytes. */
	private static final int RESERVE = 1024;

	private final boolean enabled;

	private final Supplier<HandlerReader> signatures;

	private final Supplier<@Nullable OpenApiReader> document;

	private final String prefix;

	private final int maxHeaderSize;

	/**
	 * Create it.
	 * @param enabled whether handlers are described that do not say
	 * @param document reads springdoc's document; {@code null} without springdoc
	 * @param prefix what stands in front of all paths of mappings
	 * @param maxHeaderSize how large the headers of an answer may be, bytes
	 */
	DescribedHandlers(boolean enabled, Supplier<HandlerReader> signatures, Supplier<@Nullable OpenApiReader> document,
			String prefix, int maxHeaderSize) {
		this.enabled = enabled;
		this.signatures = signatures;
		this.document = document;
		this.prefix = prefix;
		this.maxHeaderSize = maxHeaderSize;
	}

	@Override
	public AnnotatedPrice declare(RequestMappingInfo mapping, HandlerMethod handler, AnnotatedPrice price) {
		if (price.discoverable().isEmpty() && Concealed.isHidden(handler)) {
			return price.undiscoverable();
		}
		if (!price.discoverable().orElse(this.enabled)) {
			return price;
		}
		try {
			return CallWriter.write(describe(mapping, handler))
				.filter((declaration) -> hasRoom(price.route().withDeclaration(declaration), declaration))
				.map((declaration) -> price.declaring(summary(handler), declaration))
				.orElseGet(() -> undescribed(price));
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			logger.warn("Catalogues are not told of route '{}', because it cannot be described", price.route().name(),
					ex);
			return price;
		}
	}

	private DescribedCall describe(RequestMappingInfo mapping, HandlerMethod handler) {
		OpenApiReader reader = this.document.get();
		Optional<DescribedCall> documented = (reader != null) ? reader.read(mapping, handler, this.prefix)
				: Optional.empty();
		return documented.orElseGet(() -> this.signatures.get().read(mapping, handler, this.prefix));
	}

	private static @Nullable String summary(HandlerMethod handler) {
		return HandlerReader.summary(handler).map((text) -> Texts.clean(text, MAX_DESCRIPTION)).orElse(null);
	}

	/** Facilitators add to the terms, so there has to be more room than they take. */
	private boolean hasRoom(PricedRoute route, BazaarDeclaration declaration) {
		int length = PaymentHeader
			.encode(PaymentGate.knownTerms(route, "http://localhost" + this.prefix + route.name())
				.withExtension(BazaarDeclaration.EXTENSION, declaration.members()))
			.length();
		return RESERVE + length <= this.maxHeaderSize;
	}

	private static AnnotatedPrice undescribed(AnnotatedPrice price) {
		logger.warn(
				"Catalogues are not told of route '{}', because what there is to tell does not fit into a challenge",
				price.route().name());
		return price;
	}

}
