package io.github.x402sessions.servlet.request;

import java.util.Collections;
import java.util.Enumeration;

import io.github.x402sessions.core.protocol.PaymentHeader;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.PushBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A request without its payment headers. Who holds them can pay with them elsewhere, and
 * what runs behind the filter may copy headers into logs or to other servers.
 */
public final class RequestWithoutPayment extends HttpServletRequestWrapper {

	private RequestWithoutPayment(HttpServletRequest request) {
		super(request);
	}

	/** Hide the payment headers of a request, if it has any. */
	public static HttpServletRequest of(HttpServletRequest request) {
		boolean paying = request.getHeader(PaymentHeader.SIGNATURE) != null
				|| request.getHeader(PaymentHeader.LEGACY_SIGNATURE) != null;
		return paying ? new RequestWithoutPayment(request) : request;
	}

	/** Return the request as the first payment filter of its chain has received it. */
	public static HttpServletRequest received(HttpServletRequest request) {
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			inner = wrapper.getRequest();
			if (wrapper instanceof RequestWithoutPayment && inner instanceof HttpServletRequest received) {
				return received;
			}
		}
		return request;
	}

	private static boolean isHidden(String name) {
		return PaymentHeader.SIGNATURE.equalsIgnoreCase(name) || PaymentHeader.LEGACY_SIGNATURE.equalsIgnoreCase(name);
	}

	@Override
	public @Nullable String getHeader(String name) {
		return isHidden(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		return Collections
			.enumeration(Collections.list(super.getHeaderNames()).stream().filter((name) -> !isHidden(name)).toList());
	}

	@Override
	public long getDateHeader(String name) {
		return isHidden(name) ? -1 : super.getDateHeader(name);
	}

	@Override
	public int getIntHeader(String name) {
		return isHidden(name) ? -1 : super.getIntHeader(name);
	}

	/** A push would repeat the headers. */
	@Override
	@SuppressWarnings("deprecation")
	public @Nullable PushBuilder newPushBuilder() {
		return null;
	}

}
