package io.github.x402sessions.spring.free;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.route.FreeAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.expression.ParseException;
import org.springframework.security.access.expression.SecurityExpressionHandler;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.access.expression.WebExpressionAuthorizationManager;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Evaluates conditions as Spring Security does for {@code authorizeHttpRequests}. They
 * are met by those alone who are logged in: not by the anonymous, not where an expression
 * fails, and not where it names a variable that the path does not have. Thread-safe.
 */
final class SecurityExpressions implements FreeConditions {

	private static final Logger logger = LoggerFactory.getLogger(SecurityExpressions.class);

	private final SecurityExpressionHandler<RequestAuthorizationContext> handler;

	private final SecurityContextHolderStrategy contexts;

	private final FilterOrder order;

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final Set<String> known;

	private final Map<String, Condition> conditions = new ConcurrentHashMap<>();

	private final Set<String> failed = ConcurrentHashMap.newKeySet();

	/**
	 * Create them.
	 * @param handler reads and evaluates expressions
	 * @param known the names of the methods, with brackets, and of the properties that
	 * expressions may use; empty if any
	 * @param contexts knows who calls
	 * @param order tells whether that is known in time
	 */
	SecurityExpressions(SecurityExpressionHandler<RequestAuthorizationContext> handler, Set<String> known,
			SecurityContextHolderStrategy contexts, FilterOrder order) {
		this.known = Set.copyOf(known);
		this.handler = handler;
		this.contexts = contexts;
		this.order = order;
	}

	@Override
	public void check(String place, String condition, Set<String> variables) {
		Condition read;
		try {
			read = read(condition);
		}
		catch (ParseException ex) {
			throw new InvalidX402ConfigurationException(place,
					"'" + condition + "' is not an expression: " + ex.getSimpleMessage(),
					"Set an expression of Spring Security's for requests, such as hasRole('MEMBER').");
		}
		for (String variable : read.names().variables()) {
			if (!variables.contains(variable)) {
				throw new InvalidX402ConfigurationException(place,
						"'" + condition + "' names #" + variable + ", which is no variable of its path",
						"Name variables that are in each of the patterns of an annotated method.");
			}
		}
		for (String member : read.names().members()) {
			if (!this.known.isEmpty() && !this.known.contains(member)) {
				throw new InvalidX402ConfigurationException(place,
						"'" + condition + "' names " + member + ", which Spring Security does not know",
						"Set an expression of Spring Security's for requests, such as hasRole('MEMBER').");
			}
		}
		this.order.check(place);
	}

	private Condition read(String condition) {
		return this.conditions.computeIfAbsent(condition,
				(text) -> new Condition(
						WebExpressionAuthorizationManager.withExpressionHandler(this.handler).expression(text),
						ExpressionNames.of(this.handler.getExpressionParser().parseExpression(text))));
	}

	@Override
	public boolean isMet(String condition, HttpServletRequest request) {
		try {
			Authentication caller = this.contexts.getContext().getAuthentication();
			return this.trust.isAuthenticated(caller) && read(condition).isMet(caller, request);
		}
		catch (RuntimeException ex) {
			if (this.failed.add(condition)) {
				logger.warn("'{}' has failed and is not met: callers are charged", condition, ex);
			}
			return false;
		}
	}

	/**
	 * A condition.
	 *
	 * @param manager evaluates it
	 * @param names the names in it
	 */
	private record Condition(WebExpressionAuthorizationManager manager, ExpressionNames names) {

		boolean isMet(Authentication caller, HttpServletRequest request) {
			Map<String, String> path = variables(request);
			if (!path.keySet().containsAll(this.names.variables())) {
				throw new IllegalStateException("the path lacks one of the variables " + this.names.variables());
			}
			AuthorizationResult result = this.manager.authorize(() -> caller,
					new RequestAuthorizationContext(request, path));
			return result != null && result.isGranted();
		}

		@SuppressWarnings("unchecked") // it is Spring MVC's
		private static Map<String, String> variables(HttpServletRequest request) {
			return (request.getAttribute(FreeAccess.PATH_VARIABLES) instanceof Map<?, ?> variables)
					? (Map<String, String>) variables : Map.of();
		}

	}

}
