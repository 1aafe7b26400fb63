<%@ page contentType="text/html;charset=UTF-8" errorPage="/WEB-INF/pages/sorry.jsp" %>
<%!
	private static int forecast() {
		throw new IllegalStateException("There is no forecast");
	}
%>
<p>The forecast is <%= forecast() %></p>
