package io.github.x402sessions.spring.discovery;

/**
 * Handlers that are told of by springdoc's document.
 */
class DocumentedHandlersTests extends DeclaredHandlersTests {

}
