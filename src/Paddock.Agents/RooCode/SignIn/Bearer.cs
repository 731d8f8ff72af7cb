using Microsoft.AspNetCore.Http;
using Paddock.Core.Identity;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>What a Roo Code shows with a call.</summary>
internal static class Bearer
{
    /// <summary>Empty when there is none.</summary>
    public static string Of(HttpRequest request) => BearerText.In(request.Headers.Authorization.ToString()).ToString();
}
