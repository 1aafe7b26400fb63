<%@ page contentType="text/html;charset=UTF-8" %>
<h1>Reports &amp; figures</h1>
