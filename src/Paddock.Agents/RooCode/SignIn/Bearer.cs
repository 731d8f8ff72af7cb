using Microsoft.AspNetCore.Http;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>What a Roo Code shows with a call.</summary>
internal static class Bearer
{
    /// <summary>Empty when there is none.</summary>
    public static string Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
    }
}
