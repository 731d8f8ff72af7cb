using Microsoft.AspNetCore.Http;

namespace Paddock.Control;

/// <summary>Forms as they are sent by pages of ours and by agents: short fields, no files.</summary>
public static class RequestForm
{
    /// <returns>Null when there is none of that kind, or one that is broken or too large.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        try
        {
            return http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException or IOException or NotSupportedException or ArgumentException)
        {
            return null; // cut off, too many fields, a character set that is none
        }
    }
}
