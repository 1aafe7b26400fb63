package io.github.x402sessions.servlet.request;

import io.github.x402sessions.core.gate.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A request for a priced route and the response that the client gets.
 *
 * @param route the route that the request is for
 * @param request the request
 * @param response the raw response, nothing of which is held
 */
public record Exchange(PricedRoute route, HttpServletRequest request, HttpServletResponse response) {
}
