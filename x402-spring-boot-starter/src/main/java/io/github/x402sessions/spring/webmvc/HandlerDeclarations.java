package io.github.x402sessions.spring.webmvc;

import io.github.x402sessions.spring.route.AnnotatedPrice;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Tells catalogues of priced handlers. Nothing that goes wrong here fails a start.
 */
@FunctionalInterface
public interface HandlerDeclarations {

	/**
	 * Describe a handler.
	 * @param mapping the way to it
	 * @param handler the handler
	 * @param price its price
	 * @return the price, with a declaration if catalogues are to be told
	 */
	AnnotatedPrice declare(RequestMappingInfo mapping, HandlerMethod handler, AnnotatedPrice price);

}
