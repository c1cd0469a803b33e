// Generated from proto/message.proto by `npm run proto`. Do not edit.
import * as $protobuf from "protobufjs/minimal.js";

/** Namespace within. */
export namespace within {

    /**
     * Properties of an Envelope.
     * @deprecated Use within.Envelope.$Properties instead.
     */
    interface IEnvelope extends within.Envelope.$Properties {
    }

    /** Represents an Envelope. */
    class Envelope {

        /**
         * Constructs a new Envelope.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Envelope.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Envelope message. */
        message?: (within.Message.$Properties|null);

        /** Envelope hello. */
        hello?: (within.Hello.$Properties|null);

        /** Envelope register. */
        register?: (within.Register.$Properties|null);

        /** Envelope welcome. */
        welcome?: (within.Welcome.$Properties|null);

        /** Envelope refuse. */
        refuse?: (within.Refuse.$Properties|null);

        /** Envelope ready. */
        ready?: (within.Ready.$Properties|null);

        /** Envelope start. */
        start?: (within.Start.$Properties|null);

        /** Envelope link. */
        link?: (within.Link.$Properties|null);

        /** Envelope finish. */
        finish?: (within.Finish.$Properties|null);

        /** Envelope done. */
        done?: (within.Done.$Properties|null);

        /** Envelope hold. */
        hold?: (within.Hold.$Properties|null);

        /** Envelope piece. */
        piece?: (within.Piece.$Properties|null);

        /** Envelope record. */
        record?: ("message"|"hello"|"register"|"welcome"|"refuse"|"ready"|"start"|"link"|"finish"|"done"|"hold"|"piece");

        /**
         * Encodes the specified Envelope message. Does not implicitly {@link within.Envelope.verify|verify} messages.
         * @param message Envelope message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Envelope message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Envelope & within.Envelope.$Shape} Envelope
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Envelope & within.Envelope.$Shape;
    }

    namespace Envelope {

        /** Properties of an Envelope. */
        interface $Properties {

            /** Envelope message */
            message?: (within.Message.$Properties|null);

            /** Envelope hello */
            hello?: (within.Hello.$Properties|null);

            /** Envelope register */
            register?: (within.Register.$Properties|null);

            /** Envelope welcome */
            welcome?: (within.Welcome.$Properties|null);

            /** Envelope refuse */
            refuse?: (within.Refuse.$Properties|null);

            /** Envelope ready */
            ready?: (within.Ready.$Properties|null);

            /** Envelope start */
            start?: (within.Start.$Properties|null);

            /** Envelope link */
            link?: (within.Link.$Properties|null);

            /** Envelope finish */
            finish?: (within.Finish.$Properties|null);

            /** Envelope done */
            done?: (within.Done.$Properties|null);

            /** Envelope hold */
            hold?: (within.Hold.$Properties|null);

            /** Envelope piece */
            piece?: (within.Piece.$Properties|null);

            /** Envelope record */
            record?: ("message"|"hello"|"register"|"welcome"|"refuse"|"ready"|"start"|"link"|"finish"|"done"|"hold"|"piece");

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Narrowed shape of an Envelope. */
        type $Shape = {
          message?: within.Message.$Shape|null;
          hello?: within.Hello.$Shape|null;
          register?: within.Register.$Shape|null;
          welcome?: within.Welcome.$Shape|null;
          refuse?: within.Refuse.$Shape|null;
          ready?: within.Ready.$Shape|null;
          start?: within.Start.$Shape|null;
          link?: within.Link.$Shape|null;
          finish?: within.Finish.$Shape|null;
          done?: within.Done.$Shape|null;
          hold?: within.Hold.$Shape|null;
          piece?: within.Piece.$Shape|null;
          $unknowns?: Uint8Array[];
        } & (
          ({ record?: undefined; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "message"; message: within.Message.$Shape; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "hello"; message?: null; hello: within.Hello.$Shape; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "register"; message?: null; hello?: null; register: within.Register.$Shape; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "welcome"; message?: null; hello?: null; register?: null; welcome: within.Welcome.$Shape; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "refuse"; message?: null; hello?: null; register?: null; welcome?: null; refuse: within.Refuse.$Shape; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "ready"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready: within.Ready.$Shape; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "start"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start: within.Start.$Shape; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "link"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link: within.Link.$Shape; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "finish"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish: within.Finish.$Shape; done?: null; hold?: null; piece?: null }|{ record?: "done"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done: within.Done.$Shape; hold?: null; piece?: null }|{ record?: "hold"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold: within.Hold.$Shape; piece?: null }|{ record?: "piece"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece: within.Piece.$Shape })
        );
    }

    /**
     * Properties of a Message.
     * @deprecated Use within.Message.$Properties instead.
     */
    interface IMessage extends within.Message.$Properties {
    }

    /** Represents a Message. */
    class Message {

        /**
         * Constructs a new Message.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Message.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Message from. */
        from: number;

        /** Message value. */
        value?: (number|null);

        /** Message round. */
        round?: (number|null);

        /** Message output. */
        output: boolean;

        /** Message fail. */
        fail: boolean;

        /**
         * Encodes the specified Message message. Does not implicitly {@link within.Message.verify|verify} messages.
         * @param message Message message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Message.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Message message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Message & within.Message.$Shape} Message
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Message & within.Message.$Shape;
    }

    namespace Message {

        /** Properties of a Message. */
        interface $Properties {

            /** Message from */
            from?: (number|null);

            /** Message value */
            value?: (number|null);

            /** Message round */
            round?: (number|null);

            /** Message output */
            output?: (boolean|null);

            /** Message fail */
            fail?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Message. */
        type $Shape = within.Message.$Properties;
    }

    /**
     * Properties of a Hello.
     * @deprecated Use within.Hello.$Properties instead.
     */
    interface IHello extends within.Hello.$Properties {
    }

    /** Represents a Hello. */
    class Hello {

        /**
         * Constructs a new Hello.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Hello.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Hello version. */
        version: number;

        /** Hello from. */
        from: number;

        /** Hello to. */
        to: number;

        /** Hello run. */
        run: string;

        /**
         * Encodes the specified Hello message. Does not implicitly {@link within.Hello.verify|verify} messages.
         * @param message Hello message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Hello message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Hello & within.Hello.$Shape} Hello
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Hello & within.Hello.$Shape;
    }

    namespace Hello {

        /** Properties of a Hello. */
        interface $Properties {

            /** Hello version */
            version?: (number|null);

            /** Hello from */
            from?: (number|null);

            /** Hello to */
            to?: (number|null);

            /** Hello run */
            run?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Hello. */
        type $Shape = within.Hello.$Properties;
    }

    /**
     * Properties of a Register.
     * @deprecated Use within.Register.$Properties instead.
     */
    interface IRegister extends within.Register.$Properties {
    }

    /** Represents a Register. */
    class Register {

        /**
         * Constructs a new Register.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Register.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Register version. */
        version: number;

        /** Register id. */
        id: number;

        /** Register host. */
        host: string;

        /** Register port. */
        port: number;

        /** Register digest. */
        digest: string;

        /**
         * Encodes the specified Register message. Does not implicitly {@link within.Register.verify|verify} messages.
         * @param message Register message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Register.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Register message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Register & within.Register.$Shape} Register
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Register & within.Register.$Shape;
    }

    namespace Register {

        /** Properties of a Register. */
        interface $Properties {

            /** Register version */
            version?: (number|null);

            /** Register id */
            id?: (number|null);

            /** Register host */
            host?: (string|null);

            /** Register port */
            port?: (number|null);

            /** Register digest */
            digest?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Register. */
        type $Shape = within.Register.$Properties;
    }

    /**
     * Properties of a Welcome.
     * @deprecated Use within.Welcome.$Properties instead.
     */
    interface IWelcome extends within.Welcome.$Properties {
    }

    /** Represents a Welcome. */
    class Welcome {

        /**
         * Constructs a new Welcome.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Welcome.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Welcome run. */
        run: string;

        /** Welcome directory. */
        directory: string;

        /** Welcome originUs. */
        originUs: number;

        /** Welcome config. */
        config: string;

        /** Welcome addresses. */
        addresses: within.Address.$Properties[];

        /** Welcome algorithm. */
        algorithm: string;

        /**
         * Encodes the specified Welcome message. Does not implicitly {@link within.Welcome.verify|verify} messages.
         * @param message Welcome message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Welcome message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Welcome & within.Welcome.$Shape} Welcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Welcome & within.Welcome.$Shape;
    }

    namespace Welcome {

        /** Properties of a Welcome. */
        interface $Properties {

            /** Welcome run */
            run?: (string|null);

            /** Welcome directory */
            directory?: (string|null);

            /** Welcome originUs */
            originUs?: (number|null);

            /** Welcome config */
            config?: (string|null);

            /** Welcome addresses */
            addresses?: (within.Address.$Properties[]|null);

            /** Welcome algorithm */
            algorithm?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Welcome. */
        type $Shape = within.Welcome.$Properties;
    }

    /**
     * Properties of an Address.
     * @deprecated Use within.Address.$Properties instead.
     */
    interface IAddress extends within.Address.$Properties {
    }

    /** Represents an Address. */
    class Address {

        /**
         * Constructs a new Address.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Address.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Address id. */
        id: number;

        /** Address host. */
        host: string;

        /** Address port. */
        port: number;

        /**
         * Encodes the specified Address message. Does not implicitly {@link within.Address.verify|verify} messages.
         * @param message Address message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Address.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Address message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Address & within.Address.$Shape} Address
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Address & within.Address.$Shape;
    }

    namespace Address {

        /** Properties of an Address. */
        interface $Properties {

            /** Address id */
            id?: (number|null);

            /** Address host */
            host?: (string|null);

            /** Address port */
            port?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Address. */
        type $Shape = within.Address.$Properties;
    }

    /**
     * Properties of a Refuse.
     * @deprecated Use within.Refuse.$Properties instead.
     */
    interface IRefuse extends within.Refuse.$Properties {
    }

    /** Represents a Refuse. */
    class Refuse {

        /**
         * Constructs a new Refuse.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Refuse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Refuse code. */
        code: string;

        /** Refuse reason. */
        reason: string;

        /**
         * Encodes the specified Refuse message. Does not implicitly {@link within.Refuse.verify|verify} messages.
         * @param message Refuse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Refuse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Refuse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Refuse & within.Refuse.$Shape} Refuse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Refuse & within.Refuse.$Shape;
    }

    namespace Refuse {

        /** Properties of a Refuse. */
        interface $Properties {

            /** Refuse code */
            code?: (string|null);

            /** Refuse reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Refuse. */
        type $Shape = within.Refuse.$Properties;
    }

    /**
     * Properties of a Ready.
     * @deprecated Use within.Ready.$Properties instead.
     */
    interface IReady extends within.Ready.$Properties {
    }

    /** Represents a Ready. */
    class Ready {

        /**
         * Constructs a new Ready.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Ready.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Ready from. */
        from: number;

        /**
         * Encodes the specified Ready message. Does not implicitly {@link within.Ready.verify|verify} messages.
         * @param message Ready message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Ready.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Ready message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Ready & within.Ready.$Shape} Ready
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Ready & within.Ready.$Shape;
    }

    namespace Ready {

        /** Properties of a Ready. */
        interface $Properties {

            /** Ready from */
            from?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Ready. */
        type $Shape = within.Ready.$Properties;
    }

    /**
     * Properties of a Start.
     * @deprecated Use within.Start.$Properties instead.
     */
    interface IStart extends within.Start.$Properties {
    }

    /** Represents a Start. */
    class Start {

        /**
         * Constructs a new Start.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Start.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /**
         * Encodes the specified Start message. Does not implicitly {@link within.Start.verify|verify} messages.
         * @param message Start message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Start.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Start message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Start & within.Start.$Shape} Start
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Start & within.Start.$Shape;
    }

    namespace Start {

        /** Properties of a Start. */
        interface $Properties {

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Start. */
        type $Shape = within.Start.$Properties;
    }

    /**
     * Properties of a Link.
     * @deprecated Use within.Link.$Properties instead.
     */
    interface ILink extends within.Link.$Properties {
    }

    /** Represents a Link. */
    class Link {

        /**
         * Constructs a new Link.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Link.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Link reporter. */
        reporter: number;

        /** Link from. */
        from: number;

        /** Link to. */
        to: number;

        /**
         * Encodes the specified Link message. Does not implicitly {@link within.Link.verify|verify} messages.
         * @param message Link message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Link.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Link message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Link & within.Link.$Shape} Link
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Link & within.Link.$Shape;
    }

    namespace Link {

        /** Properties of a Link. */
        interface $Properties {

            /** Link reporter */
            reporter?: (number|null);

            /** Link from */
            from?: (number|null);

            /** Link to */
            to?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Link. */
        type $Shape = within.Link.$Properties;
    }

    /**
     * Properties of a Finish.
     * @deprecated Use within.Finish.$Properties instead.
     */
    interface IFinish extends within.Finish.$Properties {
    }

    /** Represents a Finish. */
    class Finish {

        /**
         * Constructs a new Finish.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Finish.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Finish outcome. */
        outcome: string;

        /** Finish reason. */
        reason: string;

        /**
         * Encodes the specified Finish message. Does not implicitly {@link within.Finish.verify|verify} messages.
         * @param message Finish message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Finish.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Finish message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Finish & within.Finish.$Shape} Finish
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Finish & within.Finish.$Shape;
    }

    namespace Finish {

        /** Properties of a Finish. */
        interface $Properties {

            /** Finish outcome */
            outcome?: (string|null);

            /** Finish reason */
            reason?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Finish. */
        type $Shape = within.Finish.$Properties;
    }

    /**
     * Properties of a Hold.
     * @deprecated Use within.Hold.$Properties instead.
     */
    interface IHold extends within.Hold.$Properties {
    }

    /** Represents a Hold. */
    class Hold {

        /**
         * Constructs a new Hold.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Hold.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Hold from. */
        from: number;

        /** Hold held. */
        held: boolean;

        /**
         * Encodes the specified Hold message. Does not implicitly {@link within.Hold.verify|verify} messages.
         * @param message Hold message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Hold.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Hold message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Hold & within.Hold.$Shape} Hold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Hold & within.Hold.$Shape;
    }

    namespace Hold {

        /** Properties of a Hold. */
        interface $Properties {

            /** Hold from */
            from?: (number|null);

            /** Hold held */
            held?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Hold. */
        type $Shape = within.Hold.$Properties;
    }

    /**
     * Properties of a Done.
     * @deprecated Use within.Done.$Properties instead.
     */
    interface IDone extends within.Done.$Properties {
    }

    /** Represents a Done. */
    class Done {

        /**
         * Constructs a new Done.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Done.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Done from. */
        from: number;

        /**
         * Encodes the specified Done message. Does not implicitly {@link within.Done.verify|verify} messages.
         * @param message Done message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Done.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Done message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Done & within.Done.$Shape} Done
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Done & within.Done.$Shape;
    }

    namespace Done {

        /** Properties of a Done. */
        interface $Properties {

            /** Done from */
            from?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Done. */
        type $Shape = within.Done.$Properties;
    }

    /**
     * Properties of a Piece.
     * @deprecated Use within.Piece.$Properties instead.
     */
    interface IPiece extends within.Piece.$Properties {
    }

    /** Represents a Piece. */
    class Piece {

        /**
         * Constructs a new Piece.
         * @param [properties] Properties to set
         */
        constructor(properties?: within.Piece.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Piece from. */
        from: number;

        /** Piece data. */
        data: Uint8Array;

        /**
         * Encodes the specified Piece message. Does not implicitly {@link within.Piece.verify|verify} messages.
         * @param message Piece message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: within.Piece.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Piece message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {within.Piece & within.Piece.$Shape} Piece
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): within.Piece & within.Piece.$Shape;
    }

    namespace Piece {

        /** Properties of a Piece. */
        interface $Properties {

            /** Piece from */
            from?: (number|null);

            /** Piece data */
            data?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Piece. */
        type $Shape = within.Piece.$Properties;
    }
}
