using System.Text.Json.Serialization;

namespace Paddock.Store.Identity;

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IEnumerable<string>))]
internal sealed partial class IdentityJson : JsonSerializerContext;
