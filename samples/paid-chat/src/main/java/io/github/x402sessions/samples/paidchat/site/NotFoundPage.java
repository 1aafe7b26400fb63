package io.github.x402sessions.samples.paidchat.site;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers people who ask for what is not there with a page, programs with a problem.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class NotFoundPage {

	/** Where Spring Boot looks for it too. */
	private final ClassPathResource page = new ClassPathResource("static/error/404.html");

	@ExceptionHandler
	ResponseEntity<Object> notFound(NoResourceFoundException problem, HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.NOT_FOUND)
			.cacheControl(CacheControl.noStore());
		return (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE))
				? answer.contentType(MediaType.TEXT_HTML).body(this.page) : answer.body(problem.getBody());
	}

}
