<%@ page contentType="text/html;charset=UTF-8" isErrorPage="true" %>
<h1>Sorry</h1>
<p>Status <%= pageContext.getErrorData().getStatusCode() %>: <%= (exception != null) ? exception.getMessage() : "ask for a month" %></p>
