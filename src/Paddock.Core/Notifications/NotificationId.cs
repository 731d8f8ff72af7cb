using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Notifications;

/// <summary>What receivers tell repetitions by: <c>evt_</c> and 32 hexadecimal digits.</summary>
public static class NotificationId
{
    /// <param name="unique">Made for this notification.</param>
    public static string Of(Guid unique) => $"evt_{unique:N}";

    /// <summary>The same wherever and however often it is posted under this key.</summary>
    public static string OfKey(string key) => $"evt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}";
}
