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
        Copy(from.Headers, to.Headers);
        Copy(from.Content.Headers, to.Headers);
        to.ContentLength = length;
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!HopHeaders.StayBehind(name))
            {
                to[name] = values.Count == 1 ? values.ToString() : values.ToArray();
            }
        }
    }
}
