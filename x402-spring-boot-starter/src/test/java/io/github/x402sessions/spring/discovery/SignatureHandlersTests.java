package io.github.x402sessions.spring.discovery;

/**
 * Handlers that are told of by their signatures.
 */
class SignatureHandlersTests extends DeclaredHandlersTests {

	SignatureHandlersTests() {
		super("springdoc.api-docs.enabled=false");
	}

}
