using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Paddock.Gateway.Execute;

/// <summary>Passes status and headers of an answer on; from then on the call is committed.</summary>
internal static class AnswerHead
{
    /// <param name="length">Body length when it is known to be exact, else null.</param>
    public static void Copy(HttpResponseMessage from, HttpResponse to, long? length)
    {
        to.StatusCode = (int)from.StatusCode;
        var connection = from.Headers.NonValidated.TryGetValues("Connection", out var named) ? named.ToString() : "";
        Copy(from.Headers, to.Headers, connection);
        Copy(from.Content.Headers, to.Headers, connection);
        to.ContentLength = length;
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to, string connection)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!HopHeaders.StayBehind(name) && (connection.Length == 0 || !HopHeaders.IsNamed(connection, name)))
            {
                to[name] = values.Count == 1 ? values.ToString() : values.ToArray();
            }
        }
    }
}
