using System.Text.Json;
using Paddock.Agents.Tests.RooCode.Settings;
using static Paddock.Agents.Tests.RooCode.Settings.Shapes;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>The schemas by which extension (3.52.1) and command line (0.1.17) read what is said about sessions and accounts.</summary>
internal static class ClerkSchemas
{
    private static readonly Shape nothing = (value, path, faults) =>
    {
        if (value.ValueKind is not JsonValueKind.Null)
        {
            faults.Add($"{path}: expected null");
        }
    };

    private static readonly Shape organization = Members(
        ("id", Text), ("name", Text), ("slug?", Text), ("image_url?", Text), ("has_image?", Flag), ("created_at?", Number), ("updated_at?", Number));

    private static readonly Shape user = Members(("id", Like(".")), ("name", Text), ("email", Text), ("imageUrl", Text));

    private static readonly Shape account = Members(("result", Members(("data", Members(("json", Members(("type", OneOf("user")), ("user", user))))))));

    private static readonly Shape nobody = Members(("error", Members(("json", Members(
        ("message", Text), ("code", Number), ("data", Members(("code", OneOf("UNAUTHORIZED")), ("httpStatus", Number), ("path", OneOf("auth.me")))))))));

    public static Shape SignIn { get; } = Members(("response", Members(("created_session_id", Like(".")))));

    public static Shape Token { get; } = Members(("jwt", Like("^[^.]+\\.[^.]+\\.[^.]+$")));

    /// <summary>Names may be null; id, picture and e-mail may be left out only.</summary>
    public static Shape Me { get; } = Members(("response", Members(
        ("id?", Text), ("first_name?", Either(Text, nothing)), ("last_name?", Either(Text, nothing)), ("image_url?", Text), ("primary_email_address_id?", Text),
        ("email_addresses?", List(Members(("id", Text), ("email_address", Text)))), ("public_metadata?", Members()))));

    public static Shape Memberships { get; } = Members(("response", List(Members(
        ("id", Text), ("role", Text), ("permissions?", List(Text)), ("created_at?", Number), ("updated_at?", Number), ("organization", organization)))));

    public static Shape Errors { get; } = Members(("errors", Some(Members(("code", Like(".")), ("message", Like("."))))));

    /// <summary>Batched: as the command line's client of tRPC asks.</summary>
    public static Shape Account { get; } = Some(account);

    public static Shape AccountAlone => account;

    public static Shape Nobody { get; } = Some(nobody);

    public static Shape NobodyAlone => nobody;

    public static Shape Mdm { get; } = Members(("requireCloudAuth", Flag), ("organizationId?", Text));

    /// <summary>A list with one item.</summary>
    private static Shape Some(Shape item) => (value, path, faults) =>
    {
        List(item)(value, path, faults);
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() != 1)
        {
            faults.Add($"{path}: expected one item");
        }
    };
}
